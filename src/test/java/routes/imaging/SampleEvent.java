package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A time step for tests: every one has an id and a folder of its own, and any field can be set or left out. */
final class SampleEvent {

    private final String system;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final UUID refId = UUID.randomUUID();
    private String name = "";
    private int images = 2;
    private int imageBytes = 10_000;

    private SampleEvent(String system) {
        this.system = system;
        fields.put("timestep_id", refId.toString());
        fields.put("plate", 7);
        fields.put("cross_date", "2024-01-15");
        fields.put("position", 3);
        fields.put("timestamp", "2024-02-01T09:30:00Z");
        fields.put("img_count", 2);
        fields.put("img_dir", "run-" + refId);
        // An experiment of its own gives it an object key of its own
        fields.put("experiment_id", "exp-" + refId.toString().substring(0, 13));
    }

    static SampleEvent of(String system) {
        return new SampleEvent(system);
    }

    static SampleEvent ofPrince() {
        return new SampleEvent("prince");
    }

    SampleEvent with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    SampleEvent without(String field) {
        fields.remove(field);
        return this;
    }

    /** Images to make, and to announce. */
    SampleEvent images(int count, int bytesEach) {
        images = count;
        imageBytes = bytesEach;
        return with("img_count", count);
    }

    /** Before what makes the names of its file and of its folder unique. */
    SampleEvent named(String start) {
        name = start;
        return with("img_dir", start + "run-" + refId);
    }

    UUID refId() {
        return refId;
    }

    String system() {
        return system;
    }

    String imageDir() {
        return String.valueOf(fields.getOrDefault("img_dir", fields.get("path")));
    }

    Map<String, Object> fields() {
        return fields;
    }

    String fileName() {
        return name + "1706779800-" + refId + ".json";
    }

    byte[] json() {
        try {
            return new ObjectMapper().writeValueAsBytes(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code Img/img_000.tif} and so on; the same event always gives the same bytes. */
    SampleEvent writeImages(Path share) {
        try {
            Path folder = Files.createDirectories(share.resolve(imageDir()).resolve("Img"));
            Random random = new Random(refId.getLeastSignificantBits());
            for (int i = 0; i < images; i++) {
                byte[] content = new byte[imageBytes];
                random.nextBytes(content);
                Files.write(folder.resolve("img_%03d.tif".formatted(i)), content);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SampleEvent writeFile(Path events) {
        ImagingWorkflow.writeAtomically(events.resolve(fileName()), json());
        return this;
    }
}
