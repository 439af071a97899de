package routes.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.SourceSummary;
import routes.component.framestore.api.StoredEntry;
import routes.platform.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

/** The profile demo in the whole application. */
class DemoWorkflowTest {

    private static final int FRAMES = 60;

    @TempDir
    private Path data;

    @Test
    @DisplayName("The profile demo feeds two cameras: the frames of both are in the store, none missing, in order")
    void twoCameras() {
        String ingress = "tcp://127.0.0.1:" + FreePort.any();
        try (RunningReplay replay = RunningReplay.start(
                data,
                "spring.profiles.active=demo",
                "replay.ingest.enabled=true",
                "replay.in-stream.url=router+bind:" + ingress,
                "replay.demo.url=" + ingress,
                "replay.demo.width=320",
                "replay.demo.height=192")) {
            for (String camera : List.of("demo-1", "demo-2")) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> replay.store()
                                        .source(camera)
                                        .map(SourceSummary::nextIndex)
                                        .orElse(0L)
                                >= FRAMES);
                assertInOrder(LongStream.range(0, FRAMES)
                        .mapToObj(index -> replay.store().entry(camera, index).orElseThrow())
                        .toList());
            }
            assertThat(replay.get("/sources").ok().get("sources").findValuesAsText("id"))
                    .containsExactly("demo-1", "demo-2");
        }
    }

    private static void assertInOrder(List<StoredEntry> stored) {
        assertThat(stored)
                .extracting(entry -> entry.info().video().pts())
                .containsExactlyElementsOf(LongStream.range(0, FRAMES).boxed().toList());
        assertThat(stored).extracting(entry -> entry.info().uuid().toString()).isSorted();
        assertThat(stored.get(0).info().kind()).isEqualTo(EntryKind.KEYFRAME);
        assertThat(stored)
                .filteredOn(entry -> entry.info().kind() == EntryKind.KEYFRAME)
                .hasSize(2);
    }
}
