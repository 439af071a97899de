package routes.platform.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator meets at the start: small applications without web server or routes. */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationStartTest {

    @TempDir
    private Path home;

    @Test
    @DisplayName("the originals' variables become the standard keys")
    void originalVariables() {
        try (var app = start(Map.of(
                "POSTGRES_DSN", "postgresql+asyncpg://mercury:b%40rcelona@db:5432/archive",
                "REDIS_DSN", "redis://streams:6379",
                "RABBITMQ_DSN", "amqp://guest:guest@rabbit:5672",
                "AWS_ENDPOINT_URL", "http://s3:4566",
                "AWS_REGION_NAME", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_SESSION_TOKEN", "token",
                "HTTP_PORT", "8000"))) {
            var keys = app.getEnvironment();
            assertThat(keys.getProperty("spring.datasource.url")).isEqualTo("jdbc:postgresql://db:5432/archive");
            assertThat(keys.getProperty("spring.datasource.username")).isEqualTo("mercury");
            assertThat(keys.getProperty("spring.datasource.password")).isEqualTo("b@rcelona");
            assertThat(keys.getProperty("spring.datasource.hikari.data-source-properties.stringtype"))
                    .isEqualTo("unspecified");
            assertThat(keys.getProperty("spring.data.redis.url")).isEqualTo("redis://streams:6379");
            assertThat(keys.getProperty("spring.rabbitmq.addresses")).isEqualTo("amqp://guest:guest@rabbit:5672");
            assertThat(keys.getProperty("camel.component.aws2-s3.uri-endpoint-override"))
                    .isEqualTo("http://s3:4566");
            assertThat(keys.getProperty("camel.component.aws2-s3.override-endpoint"))
                    .isEqualTo("true");
            assertThat(keys.getProperty("camel.component.aws2-s3.force-path-style"))
                    .isEqualTo("true");
            assertThat(keys.getProperty("camel.component.aws2-s3.region")).isEqualTo("eu-west-1");
            assertThat(keys.getProperty("camel.component.aws2-s3.access-key")).isEqualTo("id");
            assertThat(keys.getProperty("camel.component.aws2-s3.secret-key")).isEqualTo("secret");
            assertThat(keys.getProperty("camel.component.aws2-s3.session-token"))
                    .isEqualTo("token");
            assertThat(keys.getProperty("server.port")).isEqualTo("8000");
        }
    }

    @Test
    @DisplayName("a key that is set wins over the originals' variable, with its own user and password")
    void explicitKeysWin() {
        try (var app = start(
                Map.of("POSTGRES_DSN", "postgresql://u:p@db/archive", "REDIS_DSN", "redis://old", "HTTP_PORT", "1"),
                "--spring.datasource.url=jdbc:h2:mem:mine",
                "--spring.data.redis.url=redis://mine",
                "--server.port=2")) {
            var keys = app.getEnvironment();
            assertThat(keys.getProperty("spring.datasource.url")).isEqualTo("jdbc:h2:mem:mine");
            assertThat(keys.getProperty("spring.datasource.username")).isNull();
            assertThat(keys.getProperty("spring.datasource.hikari.data-source-properties.stringtype"))
                    .isNull();
            assertThat(keys.getProperty("spring.data.redis.url")).isEqualTo("redis://mine");
            assertThat(keys.getProperty("server.port")).isEqualTo("2");
        }
    }

    @Test
    void wrongDatabaseAddressIsRefusedWithoutRepeatingIt(CapturedOutput output) {
        fails(Map.of("POSTGRES_DSN", "mysql://root:sesame@db/x"));
        assertThat(output).contains("POSTGRES_DSN is not the address").doesNotContain("sesame", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({"08:00:00, PT8H", "100:00:01, PT100H1S", "PT24H, PT24H", "10s, PT10S", "24d, PT576H"})
    void durations(String text, Duration duration) {
        try (var app = start(Map.of(), "--probe.wait=" + text)) {
            assertThat(app.getBean(Probe.class).waitFor()).isEqualTo(duration);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[\"prince\",\"aretha\"]|prince,aretha", "prince, aretha|prince,aretha", "[]|''", "''|''"})
    void lists(String text, String names) {
        try (var app = start(Map.of("PROBE_NAMES", text))) {
            var expected = names.isEmpty() ? List.of() : List.of(names.split(","));
            assertThat(app.getBean(Probe.class).names()).containsExactlyElementsOf(cast(expected));
            assertThat(app.getBean(Probe.class).nameSet()).isEmpty();
        }
    }

    @Test
    void wrongYamlIsNamedWithFileAndLine(CapturedOutput output) throws IOException {
        Files.writeString(home.resolve("config.yml"), "caravan:\n  data-dir: here\n bad: [sesame\n");
        fails(Map.of());
        assertThat(output).contains("config.yml], line 3", "is not valid YAML").doesNotContain("sesame", "\tat ");
    }

    @Test
    void unknownKeyInAFileIsNamedWithFileLineAndNearestKey(CapturedOutput output) throws IOException {
        Files.writeString(home.resolve("config.yml"), "caravan:\n  log:\n    fromat: json\n");
        fails(Map.of());
        assertThat(output)
                .contains("config.yml", "3:13", "there is no key caravan.log.fromat. Did you mean caravan.log.format?")
                .doesNotContain("\tat ");
    }

    @Test
    void unknownKeyOnTheCommandLine(CapturedOutput output) {
        fails(Map.of(), "--caravan.data-dri=x");
        assertThat(output).contains("Command line: there is no key caravan.data-dri. Did you mean caravan.data-dir?");
    }

    @Test
    void misspeltVariable(CapturedOutput output) {
        fails(Map.of("CARAVAN_DATADRI", "x"));
        assertThat(output).contains("there is no variable CARAVAN_DATADRI. Did you mean CARAVAN_DATADIR?");
    }

    @Test
    void otherProgramsVariablesAreLeftAlone(CapturedOutput output) {
        try (var app = start(Map.of(
                "CARAVAN_HOME", home.toString(),
                "CARAVAN_PORT", "tcp://10.0.0.1:80",
                "CARAVAN_SERVICE_HOST", "10.0.0.1",
                "_", "/usr/bin/java",
                "CARAVAN", "1",
                "CARAVAN_SOMETHING", "1"))) {
            assertThat(app.isActive()).isTrue();
        }
        assertThat(output).contains("CARAVAN_SOMETHING is no key").doesNotContain("CARAVAN_SERVICE_HOST is no key");
    }

    @Test
    @DisplayName("O03 a missing required key ends the start with its name in the message")
    void missingKey(CapturedOutput output) {
        fails(Map.of("PROBE_NEEDED", ""));
        assertThat(output).contains("probe.needed is required and not set.").doesNotContain("\tat ");
    }

    @Test
    void brokenRuleNamesKeyValueAndRule(CapturedOutput output) {
        fails(Map.of(), "--probe.max-jobs=0");
        assertThat(output).contains("probe.max-jobs = \"0\"", "must be greater than or equal to 1");
    }

    @Test
    void unreadableValueNamesKeyValueAndForm(CapturedOutput output) {
        fails(Map.of(), "--probe.wait=soon");
        assertThat(output).contains("probe.wait = \"soon\"", "must be a duration such as 8h");
    }

    @Test
    void wrongChoiceListsTheChoices(CapturedOutput output) {
        fails(Map.of("LOG_FORMAT", "xml"));
        assertThat(output).contains("caravan.log.format = \"xml\" as ${LOG_FORMAT:text}", "must be one of text, json");
    }

    @Test
    void secretsAreNotRepeated(CapturedOutput output) {
        fails(Map.of(), "--probe.password=sesame", "--probe.address=http://u:open sesame@h");
        assertThat(output).contains("probe.").doesNotContain("sesame");
    }

    @SuppressWarnings("unchecked")
    private static List<String> cast(List<?> texts) {
        return (List<String>) texts;
    }

    private void fails(Map<String, Object> variables, String... args) {
        try (var app = start(variables, args)) {
            throw new AssertionError("started with " + app.getEnvironment());
        } catch (RuntimeException expected) {
            assertThat(expected).isNotNull();
        }
    }

    private ConfigurableApplicationContext start(Map<String, Object> variables, String... args) {
        SpringApplication application = new SpringApplication(Small.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setEnvironment(environment(variables));
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--spring.config.additional-location=classpath:/no-local-services.properties");
        return application.run(all.toArray(String[]::new));
    }

    private ConfigurableEnvironment environment(Map<String, Object> variables) {
        var all = new HashMap<>(variables);
        all.putIfAbsent("CARAVAN_HOME", home.toString());
        all.putIfAbsent("PROBE_NEEDED", "1");
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, all));
        return environment;
    }

    /** Without @Configuration, so that no component scan of another test finds it. */
    @EnableConfigurationProperties({Probe.class, CaravanProperties.class})
    @Import({ClockDurationConverter.class, JsonLists.class})
    static class Small {}

    @Validated
    @ConfigurationProperties("probe")
    record Probe(
            @Name("wait") Duration waitFor,
            List<String> names,
            @DefaultValue Set<String> nameSet,
            @NotNull Integer needed,
            @Min(1) @DefaultValue("1") int maxJobs,
            @Size(min = 60) String password,
            URI address) {}
}
