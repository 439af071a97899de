package routes.imaging.event.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.imaging.EventJson;
import routes.imaging.event.SystemShare;
import routes.platform.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class EventReadinessTest {

    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration PARSE_GRACE = Duration.ofSeconds(60);
    private static final Duration IMAGE_GRACE = Duration.ofMinutes(10);
    private static final Duration IMAGE_RECHECK = Duration.ofSeconds(10);
    private static final Duration ALMOST = Duration.ofMillis(1);

    @TempDir
    Path root;

    private final MutableClock clock = new MutableClock("2024-02-01T10:00:00Z");
    private SystemShare share;
    private EventReadiness readiness;

    @BeforeEach
    void makeShare() throws IOException {
        share = new SystemShare("prince", root);
        Files.createDirectories(share.events());
        readiness = new EventReadiness(
                share,
                new EventReader(EventJson.MAPPER, EventJson.MAX_BYTES),
                new EventReadiness.Waiting(SETTLE, PARSE_GRACE, IMAGE_GRACE, IMAGE_RECHECK),
                clock);
    }

    @Test
    @DisplayName("I09 a file is taken when it has not changed for the settling time, not before")
    void settles() throws IOException {
        images("x", 2);
        Path file = event("1.json", "x", 2);

        assertThat(isReady(file)).isFalse();
        clock.advance(SETTLE.minus(ALMOST));
        assertThat(isReady(file)).isFalse();
        clock.advance(ALMOST);
        assertThat(isReady(file)).isTrue();
        assertThat(isReady(file)).as("until it is taken").isTrue();
    }

    @Test
    @DisplayName("I20 files first seen in one poll are ready in one poll, however long the poll takes")
    void oneMomentAPoll() throws IOException {
        images("x", 2);
        Path first = event("1.json", "x", 2);
        Path last = event("2.json", "x", 2);

        readiness.beginPoll();
        readiness.isReady(first);
        clock.advance(SETTLE.minus(ALMOST));
        readiness.isReady(last);
        clock.advance(ALMOST);

        readiness.beginPoll();
        assertThat(readiness.isReady(first)).isTrue();
        assertThat(readiness.isReady(last)).isTrue();
    }

    @Test
    @DisplayName("I20 of more files than a poll takes only the oldest are offered, the others when these are gone")
    void oldestOfMany() throws IOException {
        images("x", 1);
        Instant first = Instant.parse("2024-02-01T00:00:00Z");
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < EventReadiness.MOST_AT_ONCE + 20; i++) {
            String text = EventJson.valid()
                    .with("img_dir", "x")
                    .with("img_count", 1)
                    .with("timestamp", first.plusSeconds(i).toString())
                    .text();
            // Names say nothing about the order
            files.add(Files.writeString(share.events().resolve(UUID.randomUUID() + ".json"), text));
        }
        Path broken = Files.writeString(share.events().resolve("broken.json"), "{\"img_count\": 1}");
        List<Path> all = new ArrayList<>(files);
        all.add(broken);
        assertThat(offered(all)).as("settling").isEmpty();
        clock.advance(SETTLE);
        assertThat(offered(all)).as("before the oldest are known").containsOnly(broken);

        // What is wrong is out of the way first
        readiness.forget(broken);
        List<Path> oldest = files.subList(0, EventReadiness.MOST_AT_ONCE);
        assertThat(offered(files)).isEqualTo(oldest);
        oldest.forEach(readiness::forget);
        List<Path> rest = files.subList(EventReadiness.MOST_AT_ONCE, files.size());
        assertThat(offered(rest)).isEqualTo(rest);
    }

    private List<Path> offered(List<Path> files) {
        readiness.beginPoll();
        return files.stream().filter(readiness::isReady).toList();
    }

    @Test
    @DisplayName("I09 a file written in two halves is taken once it is whole")
    void twoHalves() throws IOException {
        images("x", 2);
        String text = EventJson.valid().with("img_dir", "x").text();
        Path file = Files.writeString(share.events().resolve("1.json"), text.substring(0, 40));

        assertThat(readyAfter(file, Duration.ZERO)).isFalse();
        assertThat(readyAfter(file, Duration.ofSeconds(3))).isFalse();
        Files.writeString(file, text);
        assertThat(readyAfter(file, SETTLE)).as("first look at the whole").isFalse();
        assertThat(readyAfter(file, SETTLE)).isTrue();
    }

    @Test
    @DisplayName("I09 a change that leaves the size as it was is a change")
    void changedInPlace() throws IOException {
        images("x", 2);
        Path file = event("1.json", "x", 2);
        isReady(file);

        clock.advance(SETTLE);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-02-01T10:00:01Z")));
        assertThat(isReady(file)).isFalse();
        assertThat(readyAfter(file, SETTLE)).isTrue();
    }

    @Test
    @DisplayName("I08 what is not JSON is let through, to be refused, after the grace time and not before")
    void brokenJson() throws IOException {
        Path file = Files.writeString(share.events().resolve("1.json"), "{\"plate\": ");
        isReady(file);

        clock.advance(PARSE_GRACE.minus(ALMOST));
        assertThat(isReady(file)).isFalse();
        assertThat(readyAfter(file, SETTLE)).isTrue();
    }

    @Test
    @DisplayName("I08 each change of a broken file starts its grace time again")
    void brokenJsonChanges() throws IOException {
        Path file = Files.writeString(share.events().resolve("1.json"), "{");
        isReady(file);
        clock.advance(PARSE_GRACE.minus(ALMOST));
        Files.writeString(file, "{\"plate\":");

        assertThat(readyAfter(file, ALMOST)).isFalse();
        assertThat(readyAfter(file, SETTLE)).isFalse();
        assertThat(readyAfter(file, PARSE_GRACE)).isTrue();
    }

    @Test
    @DisplayName("I06 a wrong event is let through, to be refused, as soon as it settled")
    void wrongEvent() throws IOException {
        Path file = Files.writeString(share.events().resolve("1.json"), "{}");
        isReady(file);

        assertThat(readyAfter(file, SETTLE)).isTrue();
    }

    @Test
    @DisplayName("I16 an event waits for its folder, looks every ten seconds, and goes on when it appears")
    void folderAppears() throws IOException {
        Path file = event("1.json", "x", 2);
        isReady(file);
        assertThat(readyAfter(file, SETTLE)).isFalse();

        images("x", 2);
        assertThat(readyAfter(file, IMAGE_RECHECK.minus(ALMOST))).isFalse();
        assertThat(readyAfter(file, ALMOST)).as("first look at the images").isFalse();
        assertThat(readyAfter(file, SETTLE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grow", "fill", "rename", "add", "nest"})
    @DisplayName(
            "CI2 CI3 a time step waits while its images change, whatever time is set on them, and then for the settling time")
    void imagesChange(String how) throws IOException {
        images("x", 2);
        Path image = root.resolve("x/0.tif");
        Files.writeString(image, "reserved");
        Path file = event("1.json", "x", 2);
        isReady(file);

        for (int i = 0; i < 5; i++) {
            clock.advance(SETTLE.minus(ALMOST));
            switch (how) {
                case "grow" -> Files.writeString(image, Files.readString(image) + i);
                case "fill" -> Files.writeString(image, "filled " + i);
                case "rename" -> image = Files.move(image, image.resolveSibling("renamed" + i + ".tif"));
                case "add" -> Files.createFile(root.resolve("x/late" + i + ".tif"));
                default -> Files.createDirectories(root.resolve("x/deep" + i));
            }
            Files.setLastModifiedTime(image, FileTime.from(Instant.parse("2024-02-01T09:30:00Z")));
            assertThat(readyAfter(file, ALMOST)).as("change " + i).isFalse();
        }
        assertThat(readyAfter(file, SETTLE.minus(ALMOST))).isFalse();
        assertThat(readyAfter(file, ALMOST)).isTrue();
    }

    @Test
    @DisplayName("CI8 an event that waits is described at once: what is missing, since when, and until when")
    void waitingEvents() throws IOException {
        images("some", 2);
        Path without = event("1.json", "none\n", 2);
        Path few = event("2.json", "some", 6);
        Path broken = Files.writeString(share.events().resolve("3.json"), "{\"plate\": ");
        List<Path> files = List.of(without, few, broken);
        Instant start = clock.instant();
        offered(files);
        assertThat(readiness.waitingEvents()).as("settling").isEmpty();
        clock.advance(SETTLE);
        offered(files);

        assertThat(readiness.waitingEvents())
                .allSatisfy(event -> assertThat(event.since()).isEqualTo(start))
                .extracting(WaitingEvent::system, WaitingEvent::file, WaitingEvent::until)
                .containsExactlyInAnyOrder(
                        tuple("prince", "1.json", start.plus(IMAGE_GRACE)),
                        tuple("prince", "2.json", start.plus(IMAGE_GRACE)),
                        tuple("prince", "3.json", start.plus(PARSE_GRACE)));
        assertThat(reasonToWait("1.json")).startsWith("img_dir: none").contains("does not exist", root.toString());
        assertThat(reasonToWait("2.json")).startsWith("img_count: some holds 2 of 6 images");
        assertThat(reasonToWait("3.json")).startsWith("file: not valid JSON");

        Files.delete(few);
        Files.delete(without);
        clock.advance(PARSE_GRACE);
        offered(List.of(broken));
        offered(List.of(broken));
        assertThat(readiness.waitingEvents()).as("gone, or let through").isEmpty();
    }

    private String reasonToWait(String file) {
        return readiness.waitingEvents().stream()
                .filter(event -> event.file().equals(file))
                .map(WaitingEvent::reason)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("CI1 missing images are waited for as long as others come, and then for the grace time")
    void imagesTrickle() throws IOException {
        images("x", 1);
        Path file = event("1.json", "x", 9);
        isReady(file);
        for (int i = 1; i < 8; i++) {
            Files.createFile(root.resolve("x/late" + i + ".tif"));
            assertThat(readyAfter(file, IMAGE_GRACE.minus(IMAGE_RECHECK))).isFalse();
        }
        assertThat(readyAfter(file, IMAGE_GRACE.minus(ALMOST))).isFalse();
        assertThat(readyAfter(file, ALMOST.plus(IMAGE_RECHECK))).isTrue();
    }

    @Test
    @DisplayName("I16 an event whose folder never appears is let through, to be refused, after the grace time")
    void folderNeverAppears() throws IOException {
        Path file = event("1.json", "x", 2);
        isReady(file);
        readyAfter(file, SETTLE);

        assertThat(readyAfter(file, IMAGE_GRACE.minus(SETTLE).minus(ALMOST))).isFalse();
        assertThat(readyAfter(file, IMAGE_RECHECK)).isTrue();
    }

    @Test
    @DisplayName("I17 an event with fewer images than announced waits for the grace time, then is taken as it is")
    void fewerImages() throws IOException {
        images("x", 1);
        Path file = event("1.json", "x", 2);
        isReady(file);

        assertThat(readyAfter(file, SETTLE)).isFalse();
        assertThat(readyAfter(file, Duration.ofMinutes(9))).isFalse();
        assertThat(readyAfter(file, Duration.ofMinutes(1))).isTrue();
    }

    @Test
    @DisplayName("I17 more images than announced, or none announced and an empty folder, are no reason to wait")
    void enoughImages() throws IOException {
        images("x", 3);
        images("empty", 0);
        Path more = event("1.json", "x", 2);
        Path none = event("2.json", "empty", 0);
        isReady(more);
        isReady(none);

        clock.advance(SETTLE);
        assertThat(isReady(more)).isTrue();
        assertThat(isReady(none)).isTrue();
    }

    @Test
    @DisplayName("I16 an event that waits does not hold up another")
    void othersGoOn() throws IOException {
        images("x", 2);
        Path waits = event("1.json", "missing", 2);
        Path goes = event("2.json", "x", 2);
        isReady(waits);
        isReady(goes);

        clock.advance(SETTLE);
        assertThat(isReady(waits)).isFalse();
        assertThat(isReady(goes)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "file/x", "dangling"})
    @DisplayName("I16 images that cannot be looked at count as missing; they neither throw nor wait for ever")
    void imagesOutOfReach(String imageDir) throws IOException {
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));
        Files.createFile(root.resolve("file"));
        Path file = event("1.json", imageDir, 0);
        isReady(file);

        assertThat(readyAfter(file, SETTLE)).isFalse();
        assertThat(readyAfter(file, IMAGE_GRACE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+10000-01-01", "-0001-01-01", "9999999999-01-01"})
    @DisplayName("I06 no date can make the look at a folder fail")
    void hostileDate(String date) throws IOException {
        Path file = EventJson.valid()
                .with("cross_date", date)
                .writeTo(share.events().resolve("1.json"));
        isReady(file);

        assertThat(readyAfter(file, SETTLE)).isTrue();
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @DisplayName("I07 a pipe or a link among the events is not read but let through, to be refused")
    void noPlainFile() throws Exception {
        Path pipe = share.events().resolve("1.json");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path secret = EventJson.valid().writeTo(root.resolve("secret.json"));
        Path link = Files.createSymbolicLink(share.events().resolve("2.json"), secret);
        isReady(pipe);
        isReady(link);

        clock.advance(SETTLE);
        assertThat(isReady(pipe)).isTrue();
        assertThat(isReady(link)).isTrue();
    }

    @Test
    @DisplayName("I11 ready files are in the order of their events, not of their names; the unreadable come first")
    void oldestFirst() throws IOException {
        images("x", 0);
        Path late = at("1.json", "2024-02-01T09:30:00Z");
        Path early = at("2.json", "2024-02-01T10:00:00+01:00");
        Path same = at("3.json", "2024-02-01T09:30:00Z");
        Path old = at("4.json", "2023-12-31T00:00:00Z");
        Path bad = Files.writeString(share.events().resolve("9.json"), "{}");
        List<Path> files = List.of(late, same, early, bad, old);
        files.forEach(this::isReady);
        clock.advance(SETTLE);
        files.forEach(this::isReady);

        assertThat(files.stream().sorted(readiness.oldestFirst())).containsExactly(bad, old, early, late, same);
    }

    @Test
    @DisplayName("I15 a file that failed is left alone for a while, longer each time, at most five minutes")
    void postponed() throws IOException {
        images("x", 0);
        Path file = event("1.json", "x", 0);
        isReady(file);
        clock.advance(SETTLE);
        assertThat(isReady(file)).isTrue();

        for (int seconds : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300)) {
            readiness.postpone(file, "out of reach");
            assertThat(readyAfter(file, Duration.ofSeconds(seconds).minus(ALMOST)))
                    .isFalse();
            assertThat(readyAfter(file, ALMOST)).isTrue();
        }
    }

    @Test
    @DisplayName("I15 a postponed file that is written again starts anew")
    void postponedAndChanged() throws IOException {
        images("x", 0);
        images("y", 0);
        Path file = event("1.json", "x", 0);
        isReady(file);
        clock.advance(SETTLE);
        isReady(file);
        readiness.postpone(file, "out of reach");

        event("1.json", "y", 12345);
        assertThat(readyAfter(file, Duration.ofSeconds(1))).isFalse();
        assertThat(readyAfter(file, SETTLE)).as("too few images").isFalse();
    }

    @Test
    @DisplayName("I15 what was dealt with and cannot be removed is not offered again, unless it is written again")
    void retired() throws IOException {
        images("x", 0);
        Path file = event("1.json", "x", 0);
        isReady(file);
        clock.advance(SETTLE);
        isReady(file);

        readiness.retire(file);
        assertThat(readyAfter(file, Duration.ZERO)).isFalse();
        assertThat(readyAfter(file, IMAGE_RECHECK)).isFalse();
        assertThat(readyAfter(file, Duration.ofHours(1))).isFalse();

        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-02-01T12:00:00Z")));
        assertThat(readyAfter(file, IMAGE_RECHECK)).isFalse();
        assertThat(readyAfter(file, SETTLE)).isTrue();
    }

    @Test
    void filesThatAreGoneAreForgotten() throws IOException {
        Path gone = event("1.json", "x", 2);
        Path stays = event("2.json", "x", 2);
        isReady(gone);
        isReady(stays);
        assertThat(List.of(gone, stays)).allMatch(readiness::knows);

        Files.delete(gone);
        for (int minute = 0; minute < 21; minute++) {
            readyAfter(stays, Duration.ofMinutes(1));
        }
        assertThat(readiness.knows(gone)).isFalse();
        assertThat(readiness.knows(stays)).isTrue();
        assertThat(isReady(gone)).isFalse();

        readiness.forget(stays);
        assertThat(readiness.knows(stays)).isFalse();
    }

    @Test
    @Timeout(60)
    void manyWaitingFilesCostNothingBetweenTwoLooks() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            files.add(EventJson.valid()
                    .with("timestep_id", new UUID(0, i).toString())
                    .with("img_dir", "missing" + i)
                    .writeTo(share.events().resolve(i + ".json")));
        }
        files.forEach(this::isReady);
        clock.advance(SETTLE);
        files.forEach(this::isReady);

        // Nothing is on the disk any more, and until the next look nobody notices
        StagingArea.deleteTree(share.events());
        clock.advance(IMAGE_RECHECK.minus(ALMOST));
        files.forEach(this::isReady);
        assertThat(files).allMatch(readiness::knows);

        clock.advance(ALMOST);
        files.forEach(this::isReady);
        assertThat(files).noneMatch(readiness::knows);
    }

    private boolean readyAfter(Path file, Duration pause) {
        clock.advance(pause);
        return isReady(file);
    }

    private Path event(String name, String imageDir, int images) {
        return EventJson.valid()
                .with("img_dir", imageDir)
                .with("img_count", images)
                .writeTo(share.events().resolve(name));
    }

    private Path at(String name, String timestamp) {
        return EventJson.valid()
                .with("timestamp", timestamp)
                .with("img_dir", "x")
                .with("img_count", 0)
                .writeTo(share.events().resolve(name));
    }

    private void images(String imageDir, int count) throws IOException {
        Files.createDirectories(root.resolve(imageDir));
        for (int i = 0; i < count; i++) {
            Files.createFile(root.resolve(imageDir).resolve(i + ".tif"));
        }
    }

    /** A poll that finds one file. */
    private boolean isReady(Path file) {
        readiness.beginPoll();
        return readiness.isReady(file);
    }
}
