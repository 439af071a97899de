package routes.replay.ingress;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.NewEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.replay.ReplaySlice.eventually;

@Timeout(30)
class RecorderTest {

    private final List<List<String>> writes = Collections.synchronizedList(new ArrayList<>());
    private final List<String> forwarded = Collections.synchronizedList(new ArrayList<>());
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    @DisplayName(
            "what comes while the disk is busy is stored in one write, in its order, and then goes on in that order")
    void together() {
        List<CompletableFuture<Void>> disk = new ArrayList<>();
        Recorder recorder = recorder(names -> {
            CompletableFuture<Void> write = new CompletableFuture<>();
            disk.add(write);
            return write;
        });
        record(recorder, "1", "2", "-not stored", "3");
        assertThat(writes).containsExactly(List.of("1"));
        assertThat(done).isEmpty();

        disk.get(0).complete(null);
        assertThat(writes).containsExactly(List.of("1"), List.of("2", "3"));
        assertThat(done).containsExactly("1");
        disk.get(1).complete(null);

        assertThat(done).containsExactly("1", "2", "-not stored", "3");
        assertThat(forwarded).isEqualTo(done);
    }

    @Test
    @DisplayName("RX18 when the store takes nothing, the same messages are tried again; nothing overtakes them")
    void storeInTrouble() {
        Recorder recorder = recorder(names -> writes.size() < 4
                ? CompletableFuture.failedFuture(new IllegalStateException(new FrameStoreException("full")))
                : CompletableFuture.completedFuture(null));

        record(recorder, "1", "2", "3");

        eventually().until(() -> done.size() == 3);
        assertThat(done).containsExactly("1", "2", "3");
        assertThat(writes.subList(0, 4)).containsOnly(List.of("1"));
        assertThat(writes).endsWith(List.of("2", "3"));
    }

    @Test
    @DisplayName("CP10 an error of the JVM is no fault of the message: it waits, also where nothing was begun")
    void errorOfTheJvm() {
        Recorder recorder = recorder(names -> switch (writes.size()) {
            case 1 ->
                CompletableFuture.failedFuture(new IllegalStateException(new OutOfMemoryError("Java heap space")));
            case 2 -> throw new OutOfMemoryError("Java heap space");
            case 3 -> CompletableFuture.failedFuture(new NoClassDefFoundError("half a deployment"));
            default -> CompletableFuture.completedFuture(null);
        });

        record(recorder, "1", "2");

        eventually().until(() -> done.size() == 2);
        assertThat(done).containsExactly("1", "2");
        assertThat(writes).containsExactly(List.of("1"), List.of("1"), List.of("1"), List.of("1"), List.of("2"));
    }

    @Test
    @DisplayName("RX17 a message the store can never take is refused alone; those around it are stored in order")
    void poison() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        List<String> stored = Collections.synchronizedList(new ArrayList<>());
        Recorder recorder = recorder(names -> {
            if (names.contains("0")) {
                return first;
            }
            if (names.contains("poison")) {
                return CompletableFuture.failedFuture(new IllegalArgumentException("cannot be"));
            }
            stored.addAll(names);
            return CompletableFuture.completedFuture(null);
        });
        record(recorder, "0", "1", "2", "poison", "3", "4");

        first.complete(null);

        eventually().until(() -> done.size() == 6);
        assertThat(done).containsExactly("0", "1", "2", "unstorable", "3", "4");
        assertThat(stored).containsExactly("1", "2", "3", "4");
        assertThat(forwarded).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    @DisplayName("what came together is done together; what was dropped has its place in it and goes nowhere")
    void batches() {
        List<CompletableFuture<Void>> disk = new ArrayList<>();
        Recorder recorder = recorder(names -> {
            CompletableFuture<Void> write = new CompletableFuture<>();
            disk.add(write);
            return write;
        });
        Reception dropped = reception("2").refused("too odd");

        CompletableFuture<List<Reception>> first = recorder.record(List.of(reception("1"), dropped, reception("3")))
                .toCompletableFuture();
        CompletableFuture<List<Reception>> second =
                recorder.record(List.of(reception("4"))).toCompletableFuture();
        assertThat(first).isNotDone();
        disk.get(0).complete(null);

        assertThat(first.join()).extracting(Reception::isDelivered).containsExactly(true, false, true);
        assertThat(second).isNotDone();
        disk.get(1).complete(null);
        assertThat(second).isDone();
        assertThat(writes).containsExactly(List.of("1", "3"), List.of("4"));
        assertThat(forwarded).containsExactly("1", "3", "4");
    }

    @Test
    @DisplayName("what cannot be forwarded is stored all the same, and holds up nothing")
    void forwardingFails() {
        Recorder recorder = recorder(names -> CompletableFuture.completedFuture(null));

        record(recorder, "1", "not to be forwarded", "2");

        assertThat(done).containsExactly("1", "not to be forwarded", "2");
        assertThat(forwarded).containsExactly("1", "2");
    }

    private Recorder recorder(Function<List<String>, CompletableFuture<?>> store) {
        return new Recorder(
                entries -> {
                    List<String> names = entries.stream()
                            .map(entry -> new String(entry.topic()))
                            .toList();
                    writes.add(names);
                    return store.apply(names);
                },
                reception -> {
                    String name = reception.topic().toStringUtf8();
                    if (name.equals("not to be forwarded")) {
                        throw new IllegalStateException(name);
                    }
                    forwarded.add(name);
                },
                Duration.ofMillis(20),
                Clock.systemUTC());
    }

    private void record(Recorder recorder, String... names) {
        for (String name : names) {
            CompletionStage<List<Reception>> stored = recorder.record(List.of(reception(name)));
            stored.thenAccept(receptions -> done.add(receptions.get(0).isDelivered() ? name : "unstorable"));
        }
    }

    private static Reception reception(String name) {
        Optional<NewEntry> entry = name.startsWith("-")
                ? Optional.empty()
                : Optional.of(new NewEntry(
                        EntryInfo.of("cam-1", EntryKind.USER_DATA), name.getBytes(), List.of(new byte[1])));
        return new Reception(
                new Verdict(Verdict.Outcome.DELIVERED, false, Optional.empty(), ""),
                List.of(),
                ByteString.copyFromUtf8(name),
                List.of(),
                entry);
    }
}
