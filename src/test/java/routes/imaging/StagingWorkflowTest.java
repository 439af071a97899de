package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.imaging.event.inbox.StagingArea;

import static org.assertj.core.api.Assertions.assertThat;

/** aretha's images are copied to staging; uploads are held back while the test looks. */
class StagingWorkflowTest extends ImagingWorkflow {

    private static final String UPLOAD = "imaging-upload-event";

    @BeforeEach
    void holdUploads() throws Exception {
        camel.getRouteController().suspendRoute(UPLOAD);
    }

    @AfterEach
    void upload() throws Exception {
        camel.getRouteController().resumeRoute(UPLOAD);
    }

    @Test
    @DisplayName("S01 staging off: staging_path is null and no copy is made")
    void off() {
        SampleEvent event = drop(SampleEvent.ofPrince());
        assertThat(awaitStagingPath(event)).isNull();
        assertThat(copyOf(event)).doesNotExist();
    }

    @Test
    @DisplayName("S02 staging on: when the entry exists, so does the complete copy under <seconds>-<6 hex>")
    void on() {
        SampleEvent event = drop(SampleEvent.of("aretha").images(3, 50_000));
        String path = awaitStagingPath(event);
        assertThat(path).isEqualTo("1706779800-" + event.refId().toString().substring(0, 6));
        assertThat(filesOf(copyOf(event))).hasSize(3).isEqualTo(filesOf(source(event)));
    }

    @Test
    @DisplayName("S03 what a killed copier left, an incomplete copy and a finished one, does not block")
    void leftovers() throws IOException {
        SampleEvent incomplete = SampleEvent.of("aretha").writeImages(share("aretha"));
        Files.createDirectories(copyOf(incomplete).resolve("Img"));
        Files.writeString(copyOf(incomplete).resolve("Img/img_000.tif"), "half");
        Files.createDirectories(copyOf(incomplete).resolveSibling(".tmp-" + incomplete.refId()));

        SampleEvent finished = drop(SampleEvent.of("aretha"));
        awaitStagingPath(finished);
        Object copiedAt = Files.getAttribute(copyOf(finished), "unix:ino");

        drop(incomplete);
        finished.writeFile(events("aretha"));
        awaitStagingPath(incomplete);
        await().until(() -> published(finished.refId()).size() == 2);
        assertThat(filesOf(copyOf(incomplete))).isEqualTo(filesOf(source(incomplete)));
        assertThat(Files.getAttribute(copyOf(finished), "unix:ino"))
                .as("a finished copy is taken as it is")
                .isEqualTo(copiedAt);
    }

    @Test
    @DisplayName("S04 the upload reads staging when it is there, and the source when staging has vanished")
    void whatIsUploaded() throws Exception {
        SampleEvent sourceGone = drop(SampleEvent.of("aretha"));
        SampleEvent stagingGone = drop(SampleEvent.of("aretha"));
        awaitStagingPath(sourceGone);
        awaitStagingPath(stagingGone);
        StagingArea.deleteTree(source(sourceGone));
        StagingArea.deleteTree(copyOf(stagingGone));

        camel.getRouteController().resumeRoute(UPLOAD);

        awaitExported(sourceGone.refId());
        awaitExported(stagingGone.refId());
    }

    private Path source(SampleEvent event) {
        return share(event.system()).resolve(event.imageDir());
    }

    private Path copyOf(SampleEvent event) {
        return share("staging").resolve("1706779800-" + event.refId().toString().substring(0, 6));
    }

    private String awaitStagingPath(SampleEvent event) {
        return await().until(() -> published(event.refId()), entries -> !entries.isEmpty())
                .get(0)
                .at("/src_dir_info/staging_path")
                .textValue();
    }

    /** Sizes by relative path. */
    private static Map<String, Long> filesOf(Path tree) {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                sizes.put(tree.relativize(path).toString(), Files.size(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sizes;
    }
}
