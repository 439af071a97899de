package routes.replay.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import routes.platform.ConfigurationException;
import routes.platform.InvalidInputException;
import routes.platform.json.LenientJson;

/**
 * Reads the configuration file of the original: JSON, in whose text environment variables are expanded before it is
 * parsed. Unknown keys are ignored.
 */
final class ReplayConfigurationFile {

    private final ObjectReader json;
    private final EnvironmentVariables environment;

    ReplayConfigurationFile(ObjectMapper json, EnvironmentVariables environment) {
        this.json = json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.environment = environment;
    }

    /** @throws ConfigurationException with everything that is wrong with the file */
    ReplaySettings read(Path file) {
        try {
            return ReplaySettingsJson.read(json.readTree(environment.expand(Files.readString(file))));
        } catch (InvalidInputException e) {
            throw wrong(file, describe(e), e);
        } catch (IllegalArgumentException e) {
            throw wrong(file, e.getMessage(), e);
        } catch (JsonProcessingException e) {
            throw wrong(file, "it is not JSON: " + LenientJson.explain(e), e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The configuration file " + file + " of replay cannot be read: " + e,
                    "Give the path of a readable file.",
                    e);
        }
    }

    private static String describe(InvalidInputException e) {
        return e.problems().stream()
                .map(problem -> String.join(".", problem.location()) + " " + problem.message())
                .collect(Collectors.joining("; "));
    }

    private static ConfigurationException wrong(Path file, String what, Exception cause) {
        return new ConfigurationException(
                "The configuration file " + file + " of replay is wrong: " + what, "Correct the file.", cause);
    }
}
