package routes.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/** Which of several settings wins; in a process of its own, because the working directory and the environment count. */
class LayersTest {

    private static final List<String> LAYERS =
            List.of("home", "base_config", "config", "profile", "dotenv", "environment", "command");

    @TempDir
    private Path directory;

    @Test
    void laterLayersWin() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path work = Files.createDirectory(directory.resolve("work"));
        // Each layer sets its own key and those of all layers below; so every key shows the highest that set it.
        Files.writeString(home.resolve("config.yml"), yaml("home", 0));
        Files.writeString(work.resolve("base_config.yml"), yaml("base_config", 1));
        Files.writeString(work.resolve("config.yml"), yaml("config", 2) + "imaging.demo.images: 7\n");
        // As everywhere in Boot, files of a profile win over all others.
        Files.writeString(home.resolve("config-demo.yml"), yaml("profile", 3));
        Files.writeString(
                work.resolve(".env"), "PROBE_DOTENV=dotenv\nPROBE_ENVIRONMENT=dotenv\nPROBE_COMMAND=dotenv\n");

        List<String> answers = run(home, work);

        assertThat(answers).contains("home=home", "profile=profile", "base_config=base_config", "config=config");
        assertThat(answers).contains("dotenv=dotenv", "environment=environment", "command=command");
        assertThat(answers).contains("server.address=127.0.0.1");
        assertThat(answers)
                .as("the profile demo of the jar, below the site's own files")
                .contains("imaging.demo.enabled=true", "imaging.demo.images=7");
    }

    @Test
    void filesOfASiteWinOverTheProfileDemo() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path work = Files.createDirectory(directory.resolve("work"));
        Files.writeString(home.resolve("config.yml"), "imaging.demo.enabled: false\n");

        assertThat(run(home, work)).contains("imaging.demo.enabled=false");
    }

    /** The keys of this layer and of all later ones, which overwrite them. */
    private static String yaml(String layer, int from) {
        StringBuilder yaml = new StringBuilder("probe:\n");
        LAYERS.subList(from, LAYERS.size())
                .forEach(key ->
                        yaml.append("  ").append(key).append(": ").append(layer).append('\n'));
        return yaml.toString();
    }

    private static List<String> run(Path home, Path work) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Program.class.getName(),
                        "--probe.command=command",
                        "--spring.config.additional-location=classpath:/no-local-services.properties",
                        "--spring.profiles.active=demo")
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("output").toFile());
        program.environment().put("CARAVAN_HOME", home.toString());
        program.environment().put("PROBE_ENVIRONMENT", "environment");
        program.environment().put("PROBE_COMMAND", "environment");
        Process process = program.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(work.resolve("output"));
    }

    /** Prints what it was configured to. */
    static final class Program {

        public static void main(String[] args) {
            SpringApplication application = new SpringApplication(Program.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            var environment = application.run(args).getEnvironment();
            LAYERS.forEach(key -> System.out.println(key + "=" + environment.getProperty("probe." + key)));
            for (String key : List.of("server.address", "imaging.demo.enabled", "imaging.demo.images")) {
                System.out.println(key + "=" + environment.getProperty(key));
            }
        }
    }
}
