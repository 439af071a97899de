package routes.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The rule "what you don't point at is started for you", through Spring Boot's own start. */
class LocalServicesTest {

    private static final String REDIS = "spring.data.redis.url";

    @TempDir
    Path data;

    @Test
    @DisplayName("a service nobody configured runs, and answers before anything with a life cycle starts")
    void startsWhatIsMissing() {
        try (ConfigurableApplicationContext context = run(data, "caravan.local.s3.needed-by=")) {
            Environment environment = context.getEnvironment();

            assertThat(context.getBean(EarlyBird.class).answer).isEqualTo("PONG");
            assertThat(running(context)).containsExactly(LocalService.REDIS, LocalService.JMS, LocalService.SQL);
            assertThat(environment.getProperty("spring.artemis.mode")).isEqualTo("native");
            assertThat(environment.getProperty("spring.datasource.url")).contains("MODE=PostgreSQL");
            assertThat(environment.getProperty("camel.component.kafka.brokers")).isNull();
            assertThat(context.getBean(LocalServicesHealthIndicator.class).health())
                    .satisfies(health -> assertThat(health.getStatus()).isEqualTo(Status.UP))
                    .satisfies(health -> assertThat(health.getDetails())
                            .containsEntry("redis", environment.getProperty(REDIS))
                            .containsOnlyKeys("redis", "jms", "sql"));
        }
    }

    @Test
    @DisplayName("a configured service is not started and keeps its address")
    void leavesConfiguredAlone() {
        try (ConfigurableApplicationContext context =
                runOnly(data, "redis", "spring.datasource.url=jdbc:h2:mem:other", REDIS + "=redis://elsewhere:6379")) {
            assertThat(context.getBeanProvider(LocalServices.class).getIfAvailable())
                    .isNull();
            assertThat(context.getEnvironment().getProperty(REDIS)).isEqualTo("redis://elsewhere:6379");
            assertThat(data.resolve("redis")).doesNotExist();
            assertThat(data.resolve("caravan.lock")).doesNotExist();
        }
    }

    @Test
    @DisplayName("CP5 others neither see nor read what a service keeps, but reach the inboxes beside it")
    void rights() throws Exception {
        Path folder = data.resolve("data");
        try (ConfigurableApplicationContext context =
                run(folder, "caravan.local.s3.needed-by=", "caravan.local.jms.needed-by=")) {
            assertThat(running(context)).containsExactly(LocalService.REDIS, LocalService.SQL);
            assertThat(rightsOf(folder)).isEqualTo("rwx--x--x");
            assertThat(rightsOf(folder.resolve("redis"))).isEqualTo("rwx------");
            assertThat(rightsOf(folder.resolve("sql"))).isEqualTo("rwx------");
        }
        Files.setPosixFilePermissions(folder.resolve("sql"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ConfigurableApplicationContext context = runOnly(folder, "sql")) {
            assertThat(running(context)).containsExactly(LocalService.SQL);
            assertThat(rightsOf(folder.resolve("sql"))).isEqualTo("rwx------");
            // The rights that an operator gave it
            assertThat(rightsOf(folder)).isEqualTo("rwxr-xr-x");
        }
    }

    private static String rightsOf(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }

    @Test
    @DisplayName("a blank address counts as none")
    void blankIsUnset() {
        try (ConfigurableApplicationContext context = runOnly(data, "redis", REDIS + "= ")) {
            assertThat(context.getEnvironment().getProperty(REDIS)).startsWith("redis://127.0.0.1:");
        }
    }

    @Test
    @DisplayName("a service whose stages are all switched off is not started")
    void skipsUnneeded() {
        try (ConfigurableApplicationContext context =
                runOnly(data, "redis", off("ingest", "state", "upload", "api", "retention"))) {
            assertThat(running(context)).containsExactly(LocalService.SQL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "retention"})
    @DisplayName("Redis is started for the API, which publishes again, and for retention, which trims")
    void redisForOneStage(String stage) {
        String[] others = Stream.of("ingest", "state", "upload", "api", "retention")
                .filter(other -> !other.equals(stage))
                .toArray(String[]::new);
        try (ConfigurableApplicationContext context = runOnly(data, "redis", off(others))) {
            assertThat(running(context)).containsExactly(LocalService.REDIS, LocalService.SQL);
        }
    }

    private static String[] off(String... stages) {
        return Arrays.stream(stages).map("imaging.%s.enabled=false"::formatted).toArray(String[]::new);
    }

    @Test
    @DisplayName("with local services off, a missing address stops the start and is named")
    void namesMissingAddress() {
        LocalServiceException failure = failure(data, "caravan.local.enabled=false");

        assertThat(failure).hasMessageContaining(REDIS);
        assertThat(data.resolve("redis")).doesNotExist();
        assertThat(data.resolve("caravan.lock")).doesNotExist();
    }

    @Test
    @DisplayName("with local services off, addresses nobody needs may be missing")
    void toleratesUnneeded() {
        try (ConfigurableApplicationContext context =
                runOnly(data, "none", "caravan.local.enabled=false", "spring.datasource.url=jdbc:h2:mem:other")) {
            assertThat(context.isRunning()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-key=AKIA1", "use-default-credentials-provider=true"})
    @DisplayName("an S3 account without an address means AWS, also where local services are off")
    void accountMeansAws(String account) {
        try (ConfigurableApplicationContext context = runOnly(
                data,
                "s3",
                "camel.component.aws2-s3." + account,
                "caravan.local.enabled=false",
                "spring.datasource.url=jdbc:h2:mem:other")) {
            assertThat(context.getEnvironment().getProperty("camel.component.aws2-s3.uri-endpoint-override"))
                    .isNull();
            assertThat(data.resolve("s3")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "kafka", "s3", "jms"})
    @DisplayName("a taken port is one sentence with the key to change")
    void namesTakenPort(String service) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.HOST))) {
            String port = "caravan.local.%s.port=%d".formatted(service, other.getLocalPort());
            assertThatThrownBy(() -> runOnly(data, service, port).close())
                    .hasMessageContaining(
                            "caravan.local.%s.port = %d: the port is taken".formatted(service, other.getLocalPort()));
        }
        runOnly(data, "none").close();
    }

    @Test
    @DisplayName("a second Caravan on the same data folder is refused; after the first ends it may start")
    void refusesSecond() {
        try (ConfigurableApplicationContext first = runOnly(data, "none")) {
            assertThat(first.isRunning()).isTrue();
            assertThat(failure(data, "caravan.local.redis.needed-by="))
                    .hasMessageContaining("in use by another Caravan (process "
                            + ProcessHandle.current().pid());
        }
        runOnly(data, "none").close();
    }

    @Test
    @DisplayName("two Caravans with folders of their own live in one JVM")
    void twoAtOnce(@TempDir Path otherData) {
        try (ConfigurableApplicationContext one = runOnly(data, "redis");
                ConfigurableApplicationContext two = runOnly(otherData, "redis")) {
            assertThat(one.getEnvironment().getProperty(REDIS))
                    .isNotEqualTo(two.getEnvironment().getProperty(REDIS));
        }
    }

    @Test
    @DisplayName("a data folder that cannot be written is named")
    void refusesUnwritable() throws Exception {
        Path file = Files.createFile(data.resolve("file"));

        assertThatThrownBy(() -> runOnly(file, "none").close())
                .hasMessageContaining("caravan.data-dir = \"" + file + "\"");
        assertThatThrownBy(() -> DataDirectory.open(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cannot be written");
    }

    @Test
    @DisplayName("a full disk is named before anything is written to it")
    void refusesFullDisk() {
        LocalServiceException failure =
                catchThrowableOfType(LocalServiceException.class, () -> DataDirectory.requireSpace(data, 3L << 20));

        assertThat(failure).hasMessageContaining("full").hasMessageContaining("3 MiB are left");
    }

    private static List<LocalService> running(ConfigurableApplicationContext context) {
        return context.getBean(LocalServices.class).servers().stream()
                .map(LocalServer::service)
                .toList();
    }

    private static LocalServiceException failure(Path data, String... properties) {
        return catchThrowableOfType(
                LocalServiceException.class, () -> run(data, properties).close());
    }

    /** SQL is always there; of the others only {@code service}. */
    private static ConfigurableApplicationContext runOnly(Path data, String service, String... properties) {
        List<String> all = new ArrayList<>();
        for (String other : List.of("redis", "kafka", "s3", "jms")) {
            if (!other.equals(service)) {
                all.add("caravan.local.%s.needed-by=".formatted(other));
            }
        }
        if (service.equals("kafka")) {
            all.add("caravan.local.kafka.needed-by=cameras.decode");
        }
        all.addAll(Arrays.asList(properties));
        return run(data, all.toArray(String[]::new));
    }

    private static ConfigurableApplicationContext run(Path data, String... properties) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("caravan.data-dir", data.toString());
        for (String service : List.of("redis", "kafka", "s3", "jms")) {
            arguments.put("caravan.local.%s.port".formatted(service), "0");
        }
        for (String property : properties) {
            String[] keyAndValue = property.split("=", 2);
            arguments.put(keyAndValue[0], keyAndValue[1]);
        }
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(arguments.entrySet().stream()
                        .map(argument -> "--" + argument.getKey() + "=" + argument.getValue())
                        .toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @Import(LocalServicesHealthIndicator.class)
    static class Application {

        @Bean
        EarlyBird earlyBird(Environment environment) {
            return new EarlyBird(environment.getProperty(REDIS, ""));
        }
    }

    /** Starts as early as a bean can, and finds Redis ready. */
    static final class EarlyBird implements SmartLifecycle {

        private final String redis;
        private String answer = "";

        EarlyBird(String redis) {
            this.redis = redis;
        }

        @Override
        public void start() {
            if (redis.contains("127.0.0.1")) {
                try (RedisClient client = RedisClient.create(redis);
                        StatefulRedisConnection<String, String> connection = client.connect()) {
                    answer = connection.sync().ping();
                }
            }
        }

        @Override
        public void stop() {
            answer = "";
        }

        @Override
        public boolean isRunning() {
            return !answer.isEmpty();
        }

        @Override
        public int getPhase() {
            return Integer.MIN_VALUE + 1;
        }
    }
}
