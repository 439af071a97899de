package routes.platform.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ClassUtils;

/**
 * Every configuration key our own records declare, as the compiler wrote them down in
 * {@code META-INF/spring-configuration-metadata.json}.
 *
 * <p>Keys are compared in one form, lower case without dashes, with {@code []} for any list index: Boot lets people write
 * {@code source-dir}, {@code sourceDir} and {@code source_dir}.
 */
final class KnownKeys {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** By compared form, the way to write it. */
    private final Map<String, String> written = new TreeMap<>();

    private final Set<String> maps = new HashSet<>();
    private final Map<String, Class<?>> records = new TreeMap<>();
    private final Set<String> prefixes;

    private KnownKeys(JsonNode metadata, ClassLoader classes) {
        for (JsonNode property : metadata.path("properties")) {
            add(property.path("name").asText(), property.path("type").asText(), classes);
        }
        for (JsonNode group : metadata.path("groups")) {
            String type = group.path("type").asText();
            // The other sources are nested records of these
            if (type.equals(group.path("sourceType").asText())) {
                records.put(group.path("name").asText(), ClassUtils.resolveClassName(type, classes));
            }
        }
        prefixes = written.keySet().stream().map(key -> key.split("\\.")[0]).collect(Collectors.toUnmodifiableSet());
    }

    /** Only our own keys: those of Spring Boot and Camel are checked by them. */
    static KnownKeys ofThisApplication() {
        try (InputStream metadata = ofThisApplicationAsWritten()) {
            return read(metadata, KnownKeys.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + METADATA, e);
        }
    }

    private static InputStream ofThisApplicationAsWritten() throws IOException {
        Path classes = classesFolder();
        return classes != null
                ? Files.newInputStream(classes.resolve(METADATA))
                // In the executable jar the file is at the root, which comes before every library.
                : new ClassPathResource(METADATA, KnownKeys.class.getClassLoader()).getInputStream();
    }

    private static @Nullable Path classesFolder() {
        try {
            URL location = KnownKeys.class.getProtectionDomain().getCodeSource().getLocation();
            return location.getProtocol().equals("file") && location.getPath().endsWith("/")
                    ? Path.of(location.toURI())
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    static KnownKeys read(InputStream metadata, ClassLoader classes) throws IOException {
        return new KnownKeys(new ObjectMapper().readTree(metadata), classes);
    }

    private void add(String name, String type, ClassLoader classes) {
        String key = compared(ConfigurationPropertyName.adapt(name, '.'));
        written.put(key, name);
        if (type.startsWith("java.util.Map")) {
            maps.add(key);
        }
        if (type.matches("java\\.util\\.(List|Set|Collection)<.*>")) {
            written.put(key + "[]", name + "[0]");
            addElement(name + "[0]", type.substring(type.indexOf('<') + 1, type.lastIndexOf('>')), classes);
        }
    }

    /** The metadata ends at lists, so the fields of their records are read from the class. */
    private void addElement(String name, String type, ClassLoader classes) {
        if (!ClassUtils.isPresent(type, classes)) {
            return;
        }
        Class<?> element = ClassUtils.resolveClassName(type, classes);
        if (element.isRecord()) {
            for (var component : element.getRecordComponents()) {
                String field = name + "." + DataObjectPropertyName.toDashedForm(component.getName());
                add(field, component.getGenericType().getTypeName(), classes);
            }
        }
    }

    /** First words of our keys: {@code caravan}, {@code imaging}, … */
    Set<String> prefixes() {
        return prefixes;
    }

    /** The records whose keys these are, by prefix. */
    Map<String, Class<?>> records() {
        return records;
    }

    boolean contains(ConfigurationPropertyName name) {
        return known(compared(name));
    }

    /** Whether there are keys below this name, as in a section of a file whose keys are all commented out. */
    boolean isSection(ConfigurationPropertyName name) {
        String section = compared(name) + ".";
        return written.keySet().stream().anyMatch(key -> key.startsWith(section));
    }

    private boolean known(String key) {
        return written.containsKey(key)
                || maps.stream().anyMatch(map -> key.startsWith(map + ".") || key.startsWith(map + "["));
    }

    /** The key that was most likely meant; empty when no key is similar. */
    Optional<String> nearest(ConfigurationPropertyName name) {
        String key = compared(name);
        return written.keySet().stream()
                .min(Comparator.comparingInt(known -> EditDistance.between(key, known)))
                .filter(known -> EditDistance.between(key, known) <= Math.max(2, key.length() / 3))
                .map(written::get);
    }

    /**
     * For environment variables, keys are compared without dots, because a dot, a dash and an index all become
     * underscores.
     */
    boolean containsVariable(String variable) {
        String squashed = squashed(variable);
        return written.keySet().stream().anyMatch(key -> squashed(key).equals(squashed))
                || maps.stream().anyMatch(map -> squashed.startsWith(squashed(map)));
    }

    /**
     * The variable that was most likely meant; only near misses count, because variables of other programs may look
     * like ours.
     */
    Optional<String> nearestVariable(String variable) {
        String squashed = squashed(variable);
        return written.keySet().stream()
                .filter(key -> EditDistance.between(squashed, squashed(key)) <= 2)
                .findFirst()
                .map(written::get)
                .map(key -> key.toUpperCase(Locale.ROOT).replace("-", "").replaceAll("[.\\[\\]]+", "_"));
    }

    private static String squashed(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("_\\d+(?=_|$)|[^a-z0-9]", "");
    }

    private static String compared(ConfigurationPropertyName name) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            if (name.isNumericIndex(i) && !elements.isEmpty()) {
                elements.set(elements.size() - 1, elements.get(elements.size() - 1) + "[]");
            } else {
                elements.add(name.getElement(i, Form.UNIFORM));
            }
        }
        return String.join(".", elements);
    }
}
