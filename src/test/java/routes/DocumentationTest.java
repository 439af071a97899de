package routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
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
import static org.assertj.core.api.Assertions.entry;

/** House rules for what is written: every key is explained, every link and key in the documents exists. */
class DocumentationTest {

    private static final Path PAGE = Path.of("docs/configuration.md");

    /** What follows this line is written by {@link #listOfKeys()}. */
    private static final String GENERATED =
            "<!-- Below this line DocumentationTest writes what stands in application.yaml; change it there -->\n";

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
    @DisplayName("Every key stands in application.yaml, with a comment of its own")
    void inApplicationYaml() throws IOException {
        Map<String, Default> defaults = defaults(Files.readAllLines(DEFAULTS));
        Set<String> keys = new TreeSet<>(declared().keySet());
        keys.remove(WITHOUT_MEANING);
        assertThat(keys).allSatisfy(key -> assertThat(
                        defaults.getOrDefault(key, new Default("", "")).comment())
                .as("comment on %s in application.yaml", key)
                .isNotBlank());
    }

    @Test
    @DisplayName("A key without a comment is noticed, also below a commented section")
    void notices() {
        List<String> yaml = List.of("a:", "  b: 1", "  # why", "  # not", "  c: \"2\"", "  # all", "  e:", "    f: []");
        assertThat(defaults(yaml))
                .containsExactly(
                        entry("a", new Default("", "")),
                        entry("a.b", new Default("", "1")),
                        entry("a.c", new Default("why not", "2")),
                        entry("a.e", new Default("all", "")),
                        entry("a.e.f", new Default("", "")));
    }

    @Test
    @DisplayName("docs/configuration.md lists every key as application.yaml has it")
    void listOfKeys() throws IOException {
        String page = Files.readString(PAGE);
        String hand = page.substring(0, page.indexOf(GENERATED) + GENERATED.length());
        String current = hand + listOfKeys(defaults(Files.readAllLines(DEFAULTS)));
        if (!page.equals(current)) {
            Files.writeString(PAGE, current);
        }
        assertThat(page)
                .as("docs/configuration.md was out of date. This test has written it anew: commit it")
                .isEqualTo(current);
    }

    private static String listOfKeys(Map<String, Default> defaults) throws IOException {
        Map<String, String> types = new TreeMap<>();
        new ObjectMapper()
                .readTree(METADATA.toFile())
                .path("properties")
                .forEach(property -> types.put(
                        property.path("name").asText(), property.path("type").asText()));
        StringBuilder list = new StringBuilder();
        String workflow = "";
        for (Map.Entry<String, Default> line : defaults.entrySet()) {
            String key = line.getKey();
            if (!key.matches("(caravan|imaging|replay)\\..*")) {
                continue;
            }
            if (!key.startsWith(workflow + ".")) {
                workflow = key.substring(0, key.indexOf('.'));
                list.append("\n### %s\n\n| Key | Value | Default | Meaning |\n| --- | --- | --- | --- |\n"
                        .formatted(workflow));
            }
            if (types.containsKey(key)) {
                list.append("| `%s` | %s | %s | %s |\n"
                        .formatted(
                                key,
                                kind(types.get(key)),
                                line.getValue().shown(),
                                line.getValue().meaning()));
            } else if (!line.getValue().comment().isEmpty()) {
                list.append(
                        "| `%s.*` | | | %s |\n".formatted(key, line.getValue().meaning()));
            }
        }
        return list.toString();
    }

    private static String kind(String type) {
        String name = type.replaceAll("<.*", "").replaceAll(".*[.$]", "");
        return switch (name) {
            case "Boolean" -> "`true`, `false`";
            case "DataSize" -> "size";
            case "Double" -> "decimal";
            case "Integer", "Long" -> "number";
            case "String" -> "text";
            case "URI" -> "URL";
            case "ZoneId" -> "time zone";
            case "CompactionStyle", "Durability", "Format" -> "word";
            default -> name.toLowerCase(Locale.ROOT);
        };
    }

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

    /** Each key with its description, from what Boot's annotation processor wrote. */
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

    /** Dotted key → its value and the comment above it, in the order of the file. */
    private static Map<String, Default> defaults(List<String> yaml) {
        Map<String, Default> found = new LinkedHashMap<>();
        Pattern entry = Pattern.compile("^( *)([a-z0-9-]+):(.*)");
        String[] path = new String[10];
        String comment = "";
        for (String line : yaml) {
            Matcher matcher = entry.matcher(line);
            if (line.strip().startsWith("#")) {
                comment = (comment + " " + line.strip().substring(1).strip()).strip();
                continue;
            }
            if (matcher.matches()) {
                int depth = matcher.group(1).length() / 2;
                path[depth] = matcher.group(2);
                String value = matcher.group(3).strip().replaceAll("^\"(.*)\"$|^\\[(.*)]$|^\\{}$", "$1$2");
                found.putIfAbsent(String.join(".", Arrays.copyOf(path, depth + 1)), new Default(comment, value));
            }
            comment = "";
        }
        return found;
    }

    /** One line of application.yaml. */
    private record Default(String comment, String value) {

        /** {@code ${NAME:value}} */
        private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):((?:[^{}]|\\$\\{[^{}]*})*)}");

        String shown() {
            String plain = VARIABLE.matcher(value).replaceAll("$2");
            return plain.isEmpty() ? "–" : "`" + plain + "`";
        }

        String meaning() {
            String variable = VARIABLE.matcher(value)
                    .results()
                    .map(match -> " Variable: `" + match.group(1) + "`.")
                    .collect(Collectors.joining());
            return comment.replace("<", "&lt;").replaceAll("[|*]", "\\\\$0") + variable;
        }
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
