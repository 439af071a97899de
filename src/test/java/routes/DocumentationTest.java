package routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** House rules for what is written: every key is explained, every link and key in the documents exists. */
class DocumentationTest {

    private static final Path DEFAULTS = Path.of("src/main/resources/application.yaml");

    /** Of the compiled classes; the class path has Spring's own files of the same name. */
    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

    /** Exists because all local servers have the same keys; H2 has no port. */
    private static final String WITHOUT_MEANING = "caravan.local.sql.port";

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]+)(#[^)]*)?\\)");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final Pattern KEY =
            Pattern.compile("(?<![\\w.:/-])(caravan|imaging|replay)((?:\\.[a-z0-9][a-z0-9-]*)+)");

    /** Begin like keys and are none: meters (docs/operations.md) and files. */
    private static final Pattern NO_KEY = Pattern.compile("caravan\\.(jar|lock|dead\\.letters.*)"
            + "|imaging\\.(camel\\.)?(yaml|md|jpg)|imaging\\.(events|exports|purge)\\..*"
            + "|replay\\.((camel\\.)?yaml|md|messages|data|gaps|egress\\.(dropped|sent|retried|waiting.*))");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> top = Files.list(Path.of("."))) {
            return Stream.concat(docs, top).filter(file -> file.toString().endsWith(".md")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    @DisplayName("Every relative link of the documents points at something")
    void links(Path document) throws IOException {
        Path folder = document.toAbsolutePath().normalize().getParent();
        assertThat(matches(LINK, Files.readString(document))
                        .map(link -> link.group(1))
                        .filter(link -> !link.matches("[a-z]+:.*"))
                        .filter(link -> Files.notExists(folder.resolve(link))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    @DisplayName("Every key that the documents name exists")
    void keys(Path document) throws IOException {
        Set<String> known = new HashSet<>(withGroups(declared().keySet()));
        assertThat(matches(KEY, Files.readString(document))
                        .map(MatchResult::group)
                        .filter(key -> !NO_KEY.matcher(key).matches())
                        .filter(key -> !known.contains(key)))
                .isEmpty();
    }

    @Test
    @DisplayName("Every key has a description for editors")
    void described() {
        assertThat(declared())
                .allSatisfy((key, description) ->
                        assertThat(description).as("description of %s", key).isNotBlank());
    }

    @Test
    @DisplayName("Every key stands in application.yaml, with a comment on it or on its section")
    void inApplicationYaml() throws IOException {
        Map<String, Boolean> commented = commented(Files.readAllLines(DEFAULTS));
        Set<String> keys = new TreeSet<>(declared().keySet());
        keys.remove(WITHOUT_MEANING);
        assertThat(keys).allSatisfy(key -> assertThat(commented)
                .as("%s in application.yaml, commented", key)
                .containsEntry(key, true));
    }

    @Test
    @DisplayName("A key without a comment is noticed, one below a commented section is not")
    void notices() {
        List<String> yaml = List.of("a:", "  b: 1", "  # why", "  c: 2", "  d: 3", "  # all", "  e:", "    f: 4");
        assertThat(commented(yaml))
                .isEqualTo(Map.of("a", false, "a.b", false, "a.c", true, "a.d", false, "a.e", true, "a.e.f", true));
    }

    /** Each key with its description, from what Boot's annotation processor wrote. */
    @Test
    @DisplayName("Every test that the checklist names exists")
    void checklist() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                sources.merge(
                        file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
            }
        }
        List<MatchResult> named = matches(NAMED_TEST, Files.readString(Path.of("docs/dev/checklist.md")))
                .toList();
        assertThat(named).hasSizeGreaterThan(500);
        assertThat(named.stream()
                        .filter(test -> !sources.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "("))
                        .map(MatchResult::group))
                .isEmpty();
    }

    private static Map<String, String> declared() {
        try {
            JsonNode metadata = new ObjectMapper().readTree(METADATA.toFile());
            Map<String, String> keys = new TreeMap<>();
            metadata.path("properties").forEach(property -> {
                String name = property.path("name").asText();
                if (name.matches("(caravan|imaging|replay)\\..*")) {
                    keys.put(name, property.path("description").asText());
                }
            });
            assertThat(keys).isNotEmpty();
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> withGroups(Set<String> keys) {
        Set<String> all = new TreeSet<>(keys);
        for (String key : keys) {
            String[] words = key.split("\\.");
            for (int length = 1; length < words.length; length++) {
                all.add(Arrays.stream(words, 0, length).collect(Collectors.joining(".")));
            }
        }
        Stream.of("name", "password", "roles").forEach(field -> all.add("caravan.security.users." + field));
        return all;
    }

    /** Dotted key → whether the line above it is a comment, or that of a section it is in. */
    private static Map<String, Boolean> commented(List<String> yaml) {
        Map<String, Boolean> found = new TreeMap<>();
        Pattern entry = Pattern.compile("^( *)([a-z0-9-]+):.*");
        String[] path = new String[10];
        boolean[] explained = new boolean[10];
        boolean comment = false;
        for (String line : yaml) {
            var matcher = entry.matcher(line);
            if (matcher.matches()) {
                int depth = matcher.group(1).length() / 2;
                path[depth] = matcher.group(2);
                explained[depth] = comment || depth > 0 && explained[depth - 1];
                found.put(String.join(".", Arrays.copyOf(path, depth + 1)), explained[depth]);
            }
            comment = line.strip().startsWith("#");
        }
        return found;
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
