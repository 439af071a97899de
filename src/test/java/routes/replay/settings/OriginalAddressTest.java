package routes.replay.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class OriginalAddressTest {

    @TempDir
    private Path folder;

    private final StandardEnvironment environment = new StandardEnvironment();

    OriginalAddressTest() {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "Config resource 'class path resource [application.yaml]'",
                        Map.of("server.address", "127.0.0.1")));
    }

    @Test
    @DisplayName("CR-drop-in with the original's configuration file HTTP listens on all addresses, as the original")
    void everywhere() throws Exception {
        set("replay.configuration-file", file());
        assertThat(address()).isEqualTo("0.0.0.0");
    }

    @Test
    @DisplayName("CR-drop-in an address that a site sets wins, and without the file the default stays")
    void elsewhere() throws Exception {
        assertThat(address()).isEqualTo("127.0.0.1");
        set("replay.configuration-file", file());
        set("server.address", "192.0.2.1");
        assertThat(address()).isEqualTo("192.0.2.1");
    }

    private String file() throws Exception {
        return Files.writeString(folder.resolve("config.json"), ReplayConfigurationFileTest.minimalText())
                .toString();
    }

    private void set(String key, String value) {
        environment.getPropertySources().addFirst(new MapPropertySource(key, Map.of(key, value)));
    }

    private String address() {
        new ReplayConfigurationFile().postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty("server.address");
    }
}
