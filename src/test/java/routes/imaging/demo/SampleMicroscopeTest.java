package routes.imaging.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.imaging.EventJson;
import routes.imaging.event.ImagingEvent;
import routes.imaging.event.SystemShare;
import routes.imaging.event.inbox.EventReader;
import routes.imaging.event.inbox.ImageSource;

import static org.assertj.core.api.Assertions.assertThat;

class SampleMicroscopeTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-02-01T09:30:00.5Z"), ZoneOffset.UTC);

    @TempDir
    private Path sourceDir;

    @ParameterizedTest
    @CsvSource({"1, 1", "256, 256", "64, 200"})
    void imageIsATiffThatOthersRead(int width, int height) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(GrayscaleTiff.draw(width, height, new Random(1))));
        assertThat(image).isNotNull();
        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    @Test
    void imageIsAGradientWithNoise() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(GrayscaleTiff.draw(100, 100, new Random(1))));
        assertThat(image.getRaster().getSample(0, 0, 0)).isLessThan(24);
        assertThat(image.getRaster().getSample(99, 99, 0)).isGreaterThan(220);
        assertThat(Stream.iterate(0, x -> x + 1)
                        .limit(100)
                        .map(x -> image.getRaster().getSample(x, 99 - x, 0))
                        .distinct()
                        .count())
                .as("equal without noise")
                .isGreaterThan(5);
    }

    @Test
    @DisplayName("O02 a sample time step is an event with its images, as a microscope leaves them")
    void timeStep() throws IOException {
        SystemShare share = new SystemShare("prince", sourceDir.resolve("prince"));
        Path file = microscope(List.of(share), 2).takeTimeStep();
        assertThat(file.getParent()).isEqualTo(share.events());
        assertThat(file.getFileName().toString()).matches("1706779800-[0-9a-f]{6}\\.json");
        assertThat(share.events()).isDirectoryNotContaining("glob:**.tmp");

        ImagingEvent event = new EventReader(new ObjectMapper(), EventJson.MAX_BYTES).read(Files.readAllBytes(file));
        assertThat(event.timestamp()).isEqualTo("2024-02-01T09:30:00Z");
        assertThat(event.refId().version()).isEqualTo(4);
        assertThat(event.refId().variant()).isEqualTo(2);
        assertThat(event.imageCount()).isEqualTo(2);
        assertThat(event.imageDir()).matches("[0-9a-f]{6}");
        assertThat(ImageSource.countImages(share.imageSource(event.imageDir()), event.type()))
                .hasValue(2);
        try (Stream<Path> images =
                Files.list(share.imageSource(event.imageDir()).resolve("Img"))) {
            assertThat(images).allSatisfy(image -> assertThat(ImageIO.read(image.toFile()))
                    .isNotNull());
        }
    }

    @Test
    void variesPlatesAndMetadataAndServesSystemsInTurn() throws IOException {
        List<SystemShare> shares = List.of(
                new SystemShare("aretha", sourceDir.resolve("aretha")),
                new SystemShare("prince", sourceDir.resolve("prince")));
        SampleMicroscope microscope = microscope(shares, 1);
        List<ImagingEvent> events = new ArrayList<>();
        int withMetadata = 0;
        for (int i = 0; i < 40; i++) {
            Path file = microscope.takeTimeStep();
            SystemShare share = shares.get(i % 2);
            assertThat(file).startsWith(share.events());
            ImagingEvent event =
                    new EventReader(new ObjectMapper(), EventJson.MAX_BYTES).read(Files.readAllBytes(file));
            events.add(event);
            Path metadata = share.imageSource(event.imageDir()).resolve("metadata.json");
            if (Files.exists(metadata)) {
                withMetadata++;
                assertThat(new ObjectMapper().readTree(metadata.toFile()).isObject())
                        .isTrue();
            }
        }
        assertThat(events.stream().map(ImagingEvent::experimentId).distinct()).hasSizeBetween(2, 4);
        assertThat(events.stream().map(ImagingEvent::refId).distinct()).hasSize(40);
        assertThat(events.stream().map(ImagingEvent::imageDir).distinct()).hasSize(40);
        assertThat(withMetadata).isBetween(1, 39);
    }

    @Test
    @DisplayName("O02 the demo route takes one time step per interval")
    void demoRoute() throws Exception {
        SystemShare share = new SystemShare("prince", sourceDir.resolve("prince"));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().addInitialProperty("imaging.demo.enabled", "true");
            camel.addRoutes(new DemoRoutes(microscope(List.of(share), 1), Duration.ofMillis(50)));
            NotifyBuilder threeTicks = new NotifyBuilder(camel).whenCompleted(3).create();
            camel.start();
            assertThat(threeTicks.matchesWaitTime()).isTrue();
        }
        try (Stream<Path> events = Files.list(share.events())) {
            assertThat(events.count()).isGreaterThanOrEqualTo(3);
        }
    }

    private static SampleMicroscope microscope(List<SystemShare> shares, int images) {
        return new SampleMicroscope(shares, images, new ObjectMapper(), CLOCK, new Random(7));
    }
}
