package routes.platform.rest.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * All OpenAPI contracts of the class path folder {@code openapi}, one by one and merged into one document. They are
 * read at the first request, not at start.
 */
@Component
class ContractCatalog {

    private static final String REF = "$ref";
    private static final String COMPONENTS = "#/components/";

    private final YAMLMapper yaml = new YAMLMapper();

    private Map<String, JsonNode> contracts = Map.of();

    /** The contracts by name, which is the name of the file without its ending. */
    synchronized Map<String, JsonNode> contracts() {
        if (contracts.isEmpty()) {
            contracts = read();
        }
        return contracts;
    }

    Optional<JsonNode> contract(String name) {
        return Optional.ofNullable(contracts().get(name));
    }

    /** All contracts as one document: paths are prefixed with their contract's base path, components with its name. */
    JsonNode merged() {
        ObjectNode all = yaml.createObjectNode();
        all.put("openapi", "3.0.3");
        all.putObject("info")
                .put("title", "Caravan")
                .put("version", "1.0.0")
                .put("description", "Every HTTP API of this installation.");
        all.putArray("servers").addObject().put("url", "/");
        ArrayNode tags = all.putArray("tags");
        ObjectNode paths = all.putObject("paths");
        ObjectNode components = all.putObject("components");
        contracts().forEach((name, contract) -> {
            tags.addObject()
                    .put("name", name)
                    .put("description", contract.at("/info/description").asText());
            merge(name, contract, paths, components);
        });
        return all;
    }

    private static void merge(String name, JsonNode contract, ObjectNode paths, ObjectNode components) {
        JsonNode own = contract.deepCopy();
        rename(name, own);
        String base = basePath(own);
        own.path("paths").properties().forEach(path -> {
            path.getValue().forEach(operation -> tag(name, own, operation));
            paths.set(base + path.getKey(), path.getValue());
        });
        own.path("components")
                .properties()
                .forEach(kind -> kind.getValue().properties().forEach(component -> components
                        .withObjectProperty(kind.getKey())
                        .set(name + "." + component.getKey(), component.getValue())));
    }

    /** In the merged document the tag names the contract, and settings of the whole contract move to each operation. */
    private static void tag(String name, JsonNode contract, JsonNode operation) {
        if (operation instanceof ObjectNode described && described.has("operationId")) {
            described.putArray("tags").add(name);
            JsonNode security = contract.path("security");
            if (!described.has("security") && security.isArray()) {
                ArrayNode renamed = described.putArray("security");
                security.forEach(choice -> {
                    ObjectNode schemes = renamed.addObject();
                    choice.properties().forEach(scheme -> schemes.set(name + "." + scheme.getKey(), scheme.getValue()));
                });
            }
        }
    }

    private static void rename(String name, JsonNode node) {
        if (node instanceof ObjectNode object && object.path(REF).asText().startsWith(COMPONENTS)) {
            String reference = object.path(REF).asText();
            int last = reference.lastIndexOf('/') + 1;
            object.put(REF, reference.substring(0, last) + name + "." + reference.substring(last));
        }
        node.forEach(child -> rename(name, child));
    }

    private static String basePath(JsonNode contract) {
        return StringUtils.trimTrailingCharacter(contract.at("/servers/0/url").asText(), '/');
    }

    private Map<String, JsonNode> read() {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath*:openapi/*.yaml");
            Map<String, JsonNode> read = new TreeMap<>();
            for (Resource file : sorted(files)) {
                try (InputStream input = file.getInputStream()) {
                    read.put(StringUtils.stripFilenameExtension(nameOf(file)), yaml.readTree(input));
                }
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("An OpenAPI contract in the folder openapi cannot be read", e);
        }
    }

    private static List<Resource> sorted(Resource[] files) {
        return Stream.of(files)
                .sorted(Comparator.comparing(ContractCatalog::nameOf))
                .toList();
    }

    private static String nameOf(Resource file) {
        return String.valueOf(file.getFilename());
    }
}
