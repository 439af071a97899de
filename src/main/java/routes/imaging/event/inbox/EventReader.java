package routes.imaging.event.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.EventType;
import routes.imaging.event.ImageDir;
import routes.imaging.event.ImagingEvent;
import routes.imaging.event.RefId;
import routes.imaging.event.Timestamps;
import routes.imaging.event.WholeNumber;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.platform.json.LenientJson;

/**
 * Reads an event file. Two fields have two names, the documented {@code img_count} and {@code img_dir} and the
 * aliases {@code image_count} and {@code path}; the documented name wins. Unknown fields are ignored, every wrong
 * field is reported.
 */
public final class EventReader {

    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
    private static final DateTimeFormatter BASIC_DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final Pattern EXPERIMENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    /**
     * LocalDate alone also accepts years of five digits and negative ones, which the experiment id cannot represent.
     */
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private static final int MAX_PLATE = 999;

    private final ObjectReader json;
    private final int maxBytes;

    /** @param maxBytes of an event file */
    public EventReader(ObjectMapper json, int maxBytes) {
        this.json = LenientJson.reader(json, LenientJson.MAX_DEPTH);
        this.maxBytes = maxBytes;
    }

    /**
     * @throws UnreadableJsonException when the bytes are not one JSON object
     * @throws InvalidInputException when a field is missing or wrong; it names each of them
     */
    public ImagingEvent read(byte[] bytes) {
        JsonNode raw = parse(bytes);
        JsonFields fields = new JsonFields(raw);
        UUID refId = fields.required("timestep_id", RefId::read);
        Integer plate = fields.required("plate", WholeNumber.between(0, MAX_PLATE));
        LocalDate crossDate = fields.required("cross_date", EventReader::date);
        Integer position = fields.required("position", WholeNumber.between(Integer.MIN_VALUE, Integer.MAX_VALUE));
        Timestamps.Parsed timestamp = fields.required("timestamp", Timestamps::read);
        Integer imageCount =
                fields.required(spelling(raw, "img_count", "image_count"), WholeNumber.between(0, Integer.MAX_VALUE));
        String imageDir = fields.required(spelling(raw, "img_dir", "path"), ImageDir::of);
        Optional<String> experimentId = fields.optional("experiment_id", EventReader::experimentId);
        EventType type = fields.optional("event_type", EventType::read).orElse(EventType.STITCH);
        fields.throwIfAnyProblem();
        return new ImagingEvent(
                refId,
                plate,
                crossDate,
                position,
                timestamp.time(),
                timestamp.text(),
                imageCount,
                imageDir,
                experimentId.orElseGet(() -> crossDate.format(BASIC_DATE) + "_" + String.format("%03d", plate)),
                type,
                LenientJson.withoutNaN(raw));
    }

    /**
     * Reads an event file as {@link #read(byte[])} does.
     *
     * @throws IOException when it is gone, or cannot be read at the moment
     */
    public ImagingEvent read(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw problem("file_type", "must be a file itself, not a link, pipe or folder");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw problem("too_large", "is larger than " + maxBytes + " bytes (imaging.ingest.max-event-size)");
            }
            return read(bytes);
        }
    }

    private static InvalidInputException problem(String code, String message) {
        return new InvalidInputException(new FieldProblem(List.of("file"), code, message, null));
    }

    private JsonNode parse(byte[] bytes) {
        JsonNode node;
        try {
            node = json.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new UnreadableJsonException("not valid JSON: " + LenientJson.explain(e));
        } catch (IOException e) {
            throw new UnreadableJsonException("not valid JSON: " + e.getMessage());
        }
        if (node.isMissingNode()) {
            throw new UnreadableJsonException("the file is empty");
        }
        if (!node.isObject()) {
            throw problem("dict_type", "must hold one JSON object, holds " + node.getNodeType());
        }
        return node;
    }

    /** The name under which a field is given: its documented name, or its alias where only that is there. */
    private static String spelling(JsonNode event, String name, String alias) {
        boolean both = event.hasNonNull(name) && event.hasNonNull(alias);
        if (both && !event.get(name).equals(event.get(alias))) {
            LOG.warn("Event has {}={} and {}={}; {} is used", name, event.get(name), alias, event.get(alias), name);
        }
        return !event.hasNonNull(name) && event.hasNonNull(alias) ? alias : name;
    }

    private static LocalDate date(JsonNode node) {
        String text = JsonValues.text(node);
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a day of the calendar, like 2024-01-15", e);
        }
        throw new IllegalArgumentException("must be a date like 2024-01-15");
    }

    private static @Nullable String experimentId(JsonNode node) {
        Optional<String> id = Optional.of(JsonValues.text(node)).filter(text -> !text.isBlank());
        if (id.isPresent() && !EXPERIMENT_ID.matcher(id.get()).matches()) {
            throw new IllegalArgumentException("must be 1 to 128 of the characters A-Z a-z 0-9 . _ -");
        }
        if (id.isPresent() && (id.get().equals(".") || id.get().equals(".."))) {
            throw new IllegalArgumentException("must not be a relative path");
        }
        return id.orElse(null);
    }
}
