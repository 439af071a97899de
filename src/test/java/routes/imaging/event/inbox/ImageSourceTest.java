package routes.imaging.event.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.imaging.event.EventType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImageSourceTest {

    @TempDir
    Path source;

    @Test
    @DisplayName("I17 the images of a still are the TIFF files in Img, not deeper, and nothing hidden")
    void stillWithImg() throws IOException {
        make("Img/a.tif", "Img/B.TIFF", "Img/notes.txt", "Img/._a.tif", "Img/deeper/c.tif", "d.tif");
        Files.createDirectories(source.resolve("Img/folder.tif"));

        assertThat(ImageSource.countImages(source, EventType.STITCH)).hasValue(2);
    }

    @Test
    @DisplayName("I17 without Img the images are in the folder itself")
    void stillWithoutImg() throws IOException {
        make("a.tif", "metadata.json");

        assertThat(ImageSource.countImages(source, EventType.STITCH)).hasValue(1);
    }

    @Test
    void aFileCalledImgIsNotTheFolder() throws IOException {
        make("Img", "a.tif");

        assertThat(ImageSource.countImages(source, EventType.STITCH)).hasValue(1);
    }

    @Test
    void ofAVideoEverythingVisibleButItsMetadataCounts() throws IOException {
        make("a.mp4", "b.avi", ".hidden", "metadata.json");

        assertThat(ImageSource.countImages(source, EventType.VIDEO)).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    @DisplayName("I17 an empty folder holds no images, but it is there")
    void emptyFolder(EventType type) throws IOException {
        assertThat(ImageSource.countImages(source, type)).hasValue(0);
    }

    @Test
    void aSingleFileIsOneImage() throws IOException {
        make("a.tif");

        assertThat(ImageSource.countImages(source.resolve("a.tif"), EventType.STITCH))
                .hasValue(1);
    }

    @Test
    @DisplayName("I16 what is not there is not there, also below a file and behind a dangling link")
    void missing() throws IOException {
        make("a.tif");
        Files.createSymbolicLink(source.resolve("dangling"), Path.of("nowhere"));

        assertThat(ImageSource.countImages(source.resolve("b"), EventType.STITCH))
                .isEmpty();
        assertThat(ImageSource.countImages(source.resolve("a.tif/b"), EventType.STITCH))
                .isEmpty();
        assertThat(ImageSource.countImages(source.resolve("dangling"), EventType.STITCH))
                .isEmpty();
    }

    @Test
    void aLoopOfLinksIsAFailureAndNotAnAbsence() throws IOException {
        Files.createSymbolicLink(source.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(source.resolve("b"), Path.of("a"));

        assertThatThrownBy(() -> ImageSource.countImages(source.resolve("a"), EventType.STITCH))
                .isInstanceOf(IOException.class);
    }

    private void make(String... files) throws IOException {
        for (String file : files) {
            Files.createDirectories(source.resolve(file).getParent());
            Files.createFile(source.resolve(file));
        }
    }
}
