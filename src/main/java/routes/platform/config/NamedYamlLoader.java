package routes.platform.config;

import java.io.IOException;
import java.util.List;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import routes.platform.ConfigurationException;

/**
 * Reads YAML as Spring Boot's own loader does, and names the file when it cannot be parsed: SnakeYAML only knows the
 * line.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class NamedYamlLoader extends YamlPropertySourceLoader {

    @Override
    public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
        try {
            return super.load(name, resource);
        } catch (YAMLException e) {
            throw new ConfigurationException(
                    "%s is not valid YAML: %s".formatted(place(resource, e), problem(e)),
                    "Correct the file. YAML indents with spaces, and wants quotes around text that starts with one of"
                            + " @ ` { [ * & ! % or holds \": \" or \" #\".",
                    e);
        }
    }

    private static String place(Resource resource, YAMLException e) {
        String file = resource.getDescription();
        return e instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? "%s, line %d, column %d,"
                        .formatted(
                                file,
                                marked.getProblemMark().getLine() + 1,
                                marked.getProblemMark().getColumn() + 1)
                : file;
    }

    // Without SnakeYAML's excerpt of the file: the line may hold a password.
    private static String problem(YAMLException e) {
        return e instanceof MarkedYAMLException marked && marked.getProblem() != null
                ? marked.getProblem() + "."
                : e.getClass().getSimpleName() + ".";
    }
}
