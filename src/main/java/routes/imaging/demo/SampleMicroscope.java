package routes.imaging.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import routes.imaging.event.SystemShare;
import routes.imaging.event.inbox.ImageSource;

/**
 * Stands in for the microscopes: writes time steps as they do, first the images and then the event file, all at once. It
 * works on a few plates at a time, so that there are several experiments.
 */
public final class SampleMicroscope {

    private static final int IMAGE_SIDE = 256;
    /** One in this many time steps comes with a {@code metadata.json}. */
    private static final int METADATA_IN = 3;

    private final List<SystemShare> shares;
    private final int images;
    private final ObjectMapper json;
    private final Clock clock;
    private final RandomGenerator random;
    private int turn;

    /**
     * @param shares that the time steps go to in turn, at least one
     * @param images TIFF files in each time step
     */
    public SampleMicroscope(
            List<SystemShare> shares, int images, ObjectMapper json, Clock clock, RandomGenerator random) {
        this.shares = List.copyOf(shares);
        this.images = images;
        this.json = json;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes the next time step.
     *
     * @return its event file
     * @throws UncheckedIOException when the share cannot be written; images without an event may be left behind
     */
    public synchronized Path takeTimeStep() {
        SystemShare share = shares.get(turn++ % shares.size());
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String hex = "%06x".formatted(random.nextInt(1 << 24));
        try {
            writeImages(share.root().resolve(hex));
            return writeEvent(share, now.getEpochSecond() + "-" + hex + ".json", event(now, hex));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a sample time step to " + share.root(), e);
        }
    }

    private void writeImages(Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("Img"));
        for (int i = 0; i < images; i++) {
            Files.write(
                    folder.resolve("Img_%03d.tif".formatted(i)), GrayscaleTiff.draw(IMAGE_SIDE, IMAGE_SIDE, random));
        }
        if (random.nextInt(METADATA_IN) == 0) {
            json.writeValue(directory.resolve(ImageSource.METADATA).toFile(), metadata());
        }
    }

    private Map<String, Object> metadata() {
        return Map.of(
                "application", Map.of("application", "caravan-sample", "version", "1", "user", "demo"),
                "camera", Map.of("model", "gradient", "exposure_time", 10 + random.nextInt(90), "bits_per_pixel", 8));
    }

    private Map<String, Object> event(Instant now, String directory) {
        Plate plate = Plate.IN_WORK.get(random.nextInt(Plate.IN_WORK.size()));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("timestep_id", new UUID(versionFour(random.nextLong()), variantTwo(random.nextLong())).toString());
        event.put("plate", plate.number());
        event.put("cross_date", plate.crossDate(now).toString());
        event.put("position", plate.position());
        event.put("timestamp", now.toString());
        event.put("img_count", images);
        event.put("img_dir", directory);
        return event;
    }

    /** Under a name that no reader takes until it is complete. */
    private Path writeEvent(SystemShare share, String name, Map<String, Object> event) throws IOException {
        Files.createDirectories(share.events());
        Path unfinished = share.events().resolve(name + ".tmp");
        json.writeValue(unfinished.toFile(), event);
        return Files.move(unfinished, share.events().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static long versionFour(long bits) {
        return bits & ~0xF000L | 0x4000L;
    }

    private static long variantTwo(long bits) {
        return bits & ~(3L << 62) | 1L << 63;
    }

    /** Crossed some days ago, and imaged again and again since. */
    private record Plate(int number, int position, int ageInDays) {

        static final List<Plate> IN_WORK =
                List.of(new Plate(7, 1, 2), new Plate(8, 2, 2), new Plate(9, 3, 5), new Plate(12, 6, 9));

        LocalDate crossDate(Instant now) {
            return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(ageInDays);
        }
    }
}
