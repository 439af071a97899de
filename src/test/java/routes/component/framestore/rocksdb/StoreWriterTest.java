package routes.component.framestore.rocksdb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import routes.component.framestore.Recording;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.FrameStoreListener;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.rocksdb.CommitQueue.Append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class StoreWriterTest {

    private static final int BOUND = 1 << 20;

    private final CommitQueue queue = new CommitQueue("test", BOUND);
    private final List<List<String>> commits = Collections.synchronizedList(new ArrayList<>());
    private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ready = new CountDownLatch(1);
    private StoreWriter writer;

    @AfterEach
    void finish() throws InterruptedException {
        ready.countDown();
        writer.finish();
    }

    @Test
    @DisplayName("what comes while the disk is busy is stored in one write, in its order, and completed in that order")
    void together() throws Exception {
        write(names -> {});
        List<CompletableFuture<?>> done = append("1", "2", "3");

        awaitBegun();
        done.add(writer.appendPatiently(List.of()));
        List<CompletableFuture<?>> batch = List.of(writer.appendPatiently(List.of(entry("4"), entry("5"))));
        assertThat(done).noneMatch(CompletableFuture::isDone);
        ready.countDown();

        assertThat(batch.get(0).join()).isEqualTo(List.of(4L, 5L));
        assertThat(done).allMatch(CompletableFuture::isDone);
        assertThat(commits).containsExactly(List.of("1"), List.of("2", "3", "4", "5"));
    }

    @Test
    @DisplayName("RX18 when the store takes nothing, the same entries are tried again; nothing overtakes them")
    void storeInTrouble() throws Exception {
        write(names -> {
            if (commits.size() < 4) {
                throw new FrameStoreException("full");
            }
        });

        List<CompletableFuture<?>> done = append("1", "2", "3");
        awaitBegun();
        ready.countDown();

        join(done);
        assertThat(stored).containsExactly("1", "2", "3");
        assertThat(commits.get(0)).containsExactly("1");
        assertThat(commits.subList(1, commits.size())).containsOnly(List.of("1", "2", "3"));
    }

    @Test
    @DisplayName("CP10 an error of the JVM is no fault of an entry: it waits, and those behind it do")
    void errorOfTheJvm() throws Exception {
        write(names -> {
            if (commits.size() == 1) {
                throw new OutOfMemoryError("Java heap space");
            } else if (commits.size() == 2) {
                throw new NoClassDefFoundError("half a deployment");
            }
        });

        List<CompletableFuture<?>> done = append("1", "2");
        ready.countDown();

        join(done);
        assertThat(stored).containsExactly("1", "2");
    }

    @Test
    @DisplayName("RX17 an entry the store can never take is left out alone; those around it are stored in order")
    void poison() throws Exception {
        write(names -> {
            if (names.contains("poison")) {
                throw new IllegalArgumentException("cannot be");
            }
        });
        List<CompletableFuture<?>> first = append("0");
        awaitBegun();
        CompletableFuture<List<Long>> batch = writer.appendPatiently(Stream.of("1", "2", "poison", "3", "4")
                .map(StoreWriterTest::entry)
                .toList());

        ready.countDown();

        assertThat(batch.join()).containsExactly(1L, 2L, FrameStore.NOT_STORED, 3L, 4L);
        assertThat(stored).containsExactly("0", "1", "2", "3", "4");
        assertThat(first).allMatch(CompletableFuture::isDone);
    }

    @Test
    @DisplayName("behind a part of a batch that waits the other part waits, too, whatever else is wrong with it")
    void poisonAndTrouble() throws Exception {
        write(names -> {
            if (names.contains("poison")) {
                throw new IllegalArgumentException("cannot be");
            }
            if (names.contains("1") && commits.stream().filter(names::equals).count() < 3) {
                throw new FrameStoreException("full");
            }
        });
        append("0");
        awaitBegun();
        CompletableFuture<List<Long>> batch = writer.appendPatiently(
                Stream.of("1", "2", "poison", "3").map(StoreWriterTest::entry).toList());
        ready.countDown();

        assertThat(batch.join()).containsExactly(1L, 2L, FrameStore.NOT_STORED, 3L);
        assertThat(stored).containsExactly("0", "1", "2", "3");
    }

    @Test
    @DisplayName("while entries wait, room can be made, and an append that does not want to wait fails")
    void changesGoOn() throws Exception {
        List<String> full = Collections.synchronizedList(new ArrayList<>(List.of("full")));
        write(names -> {
            if (!full.isEmpty()) {
                throw new FrameStoreException("full");
            }
        });
        ready.countDown();
        List<CompletableFuture<?>> waiting = append("1");
        Awaitility.await().until(() -> commits.size() > 1);

        CompletableFuture<List<Long>> impatient = writer.append(List.of(entry("2")));
        assertThatThrownBy(impatient::join).hasCauseInstanceOf(FrameStoreException.class);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(writer.change(() -> full.remove(0)).join()).isEqualTo("full");

        join(waiting);
        assertThat(stored).containsExactly("1");
    }

    @Test
    @DisplayName("what waits when the store is closed is tried once more, and then fails")
    void closed() throws Exception {
        write(names -> {
            throw new FrameStoreException("full");
        });
        ready.countDown();
        List<CompletableFuture<?>> waiting = append("1", "2");
        Awaitility.await().until(() -> commits.size() > 1);

        writer.finish();

        assertThat(waiting).allSatisfy(append -> assertThatThrownBy(append::join)
                .isInstanceOf(CompletionException.class)
                .hasStackTraceContaining("full"));
        assertThat(queue.waitingBytes()).isZero();
    }

    /** @param disk throws when a commit fails */
    private void write(Consumer<List<String>> disk) {
        Consumer<List<Append>> committer = appends -> {
            List<String> names = appends.stream()
                    .flatMap(append -> append.entries().stream())
                    .map(StoreWriterTest::name)
                    .toList();
            commits.add(names);
            begun.countDown();
            try {
                ready.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            disk.accept(names);
            stored.addAll(names);
            appends.forEach(append -> append.done()
                    .complete(append.entries().stream()
                            .map(entry -> Long.valueOf(name(entry)))
                            .toList()));
        };
        writer = new StoreWriter(
                queue,
                committer,
                new FrameStoreListener() {},
                Duration.ofMillis(20),
                work -> new Thread(work, "writer"));
    }

    private void awaitBegun() throws InterruptedException {
        begun.await();
    }

    private List<CompletableFuture<?>> append(String... names) throws InterruptedException {
        List<CompletableFuture<?>> done = new ArrayList<>();
        for (String name : names) {
            done.add(writer.appendPatiently(List.of(entry(name))));
            awaitBegun();
        }
        return done;
    }

    private static void join(List<CompletableFuture<?>> done) {
        done.forEach(CompletableFuture::join);
    }

    private static NewEntry entry(String name) {
        return Recording.entry("cam", EntryKind.FRAME, name);
    }

    private static String name(NewEntry entry) {
        return new String(entry.parts().get(0));
    }
}
