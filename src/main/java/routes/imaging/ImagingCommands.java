package routes.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisConnectionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import routes.component.redisstream.RedisStreamComponent;
import routes.imaging.demo.SampleMicroscope;
import routes.imaging.event.SystemShare;
import routes.imaging.event.SystemShares;
import routes.platform.cli.Attempts;
import routes.platform.cli.DurationConverter;
import routes.platform.cli.MomentConverter;
import routes.platform.cli.Role;
import routes.platform.cli.RunningCaravan;
import routes.platform.cli.Settings;
import routes.platform.cli.WorkflowCommands;
import routes.platform.config.ConfigurationConverters;

/** The entry points of the original archiver, as roles, and the commands of its operators. */
final class ImagingCommands implements WorkflowCommands {

    private static final String OPERATIONS = "/api/1/operations/";

    @Override
    public Set<String> stages() {
        return Set.of(
                "imaging.ingest",
                "imaging.state",
                "imaging.upload",
                "imaging.tape",
                "imaging.api",
                "imaging.retention",
                "imaging.report",
                "imaging.demo");
    }

    @Override
    public List<Role> roles() {
        return List.of(
                new Role(
                        "event-ingester",
                        "Reads event files and deletes uploaded sources",
                        Set.of("imaging.ingest", "imaging.retention")),
                new Role(
                        "state-manager",
                        "Records events, uploads and tapes in the database",
                        Set.of("imaging.state", "imaging.tape", "imaging.report")),
                new Role("upload-worker", "Uploads the images of events", Set.of("imaging.upload")),
                new Role("api", "Answers queries over HTTP", Set.of("imaging.api")));
    }

    @Override
    public List<Object> commands(Settings settings) {
        return List.of(
                new CreateGroups(settings, Attempts.STANDARD),
                new InitDirs(settings),
                new Generate(settings),
                new IngestBacklog(new RunningCaravan(settings)),
                new RequeueDead(new RunningCaravan(settings)),
                new UploadAgain(new RunningCaravan(settings)),
                new Purge(new RunningCaravan(settings)));
    }

    /** Only the settings of this workflow, without anything that runs. */
    @EnableConfigurationProperties(ImagingProperties.class)
    @Import(ConfigurationConverters.class)
    static class ImagingSettings {}

    @Command(
            name = "create-groups",
            mixinStandardHelpOptions = true,
            description = "Creates the Redis streams and consumer groups that are missing; waits up to 20 s for Redis.")
    @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields, here and below
    static final class CreateGroups implements Callable<Integer> {

        private final Settings settings;
        private final Attempts attempts;

        @Spec
        private CommandSpec spec;

        CreateGroups(Settings settings, Attempts attempts) {
            this.settings = settings;
            this.attempts = attempts;
        }

        @Override
        public Integer call() throws Exception {
            try (ConfigurableApplicationContext context = settings.open(ImagingSettings.class, "redis");
                    DefaultCamelContext camel = new DefaultCamelContext();
                    ProducerTemplate redis = camel.createProducerTemplate()) {
                camel.getComponent("redis-stream", RedisStreamComponent.class)
                        .getConfiguration()
                        .setRedisUrl(context.getEnvironment().getRequiredProperty("spring.data.redis.url"));
                camel.start();
                ImagingProperties.Streams streams =
                        context.getBean(ImagingProperties.class).streams();
                create(redis, streams.events(), streams.uploadGroup());
                create(redis, streams.events(), streams.importGroup());
                create(redis, streams.exports(), streams.exportGroup());
            }
            return 0;
        }

        private void create(ProducerTemplate redis, String stream, String group) throws Exception {
            String operation = "redis-stream:%s?operation=createGroup&group=%s".formatted(stream, group);
            attempts.call("Redis", CreateGroups::isNotUp, spec.commandLine().getErr(), () -> {
                Exchange done = redis.send(operation, empty -> {});
                if (done.getException() != null) {
                    throw done.getException();
                }
                return done;
            });
            spec.commandLine().getOut().printf("Group %s of stream %s exists%n", group, stream);
        }

        private static boolean isNotUp(Exception failure) {
            return ObjectHelper.getException(RedisConnectionException.class, failure) != null;
        }
    }

    @Command(
            name = "init-dirs",
            mixinStandardHelpOptions = true,
            description = "Creates <imaging.source-dir>/<system>/events for every system.")
    @SuppressWarnings("NullAway.Init")
    static final class InitDirs implements Callable<Integer> {

        private final Settings settings;

        @Spec
        private CommandSpec spec;

        InitDirs(Settings settings) {
            this.settings = settings;
        }

        @Override
        public Integer call() throws IOException {
            try (ConfigurableApplicationContext context = settings.open(ImagingSettings.class)) {
                ImagingProperties imaging = context.getBean(ImagingProperties.class);
                for (SystemShare share : new SystemShares(imaging.sourceDir(), imaging.systems()).all()) {
                    Files.createDirectories(share.events());
                    spec.commandLine().getOut().println(share.events() + " is there");
                }
            }
            return 0;
        }
    }

    @Command(
            name = "generate",
            mixinStandardHelpOptions = true,
            description = "Writes sample time steps into imaging.source-dir, as a microscope does.")
    @SuppressWarnings("NullAway.Init")
    static final class Generate implements Callable<Integer> {

        private final Settings settings;

        @Option(
                names = "--system",
                paramLabel = "NAME",
                description = "One of imaging.systems; all of them in turn by default.")
        private @Nullable String system;

        @Option(names = "--images", paramLabel = "N", description = "Images in each; imaging.demo.images by default.")
        private @Nullable Integer images;

        @Option(
                names = "--count",
                paramLabel = "N",
                defaultValue = "1",
                description = "Time steps; 0 goes on until stopped. Default: ${DEFAULT-VALUE}.")
        private int count;

        @Option(
                names = "--interval",
                paramLabel = "DURATION",
                converter = DurationConverter.class,
                description = "Pause between two, such as 30s; imaging.demo.interval by default.")
        private @Nullable Duration interval;

        @Spec
        private CommandSpec spec;

        Generate(Settings settings) {
            this.settings = settings;
        }

        @Override
        public Integer call() throws InterruptedException {
            require(images == null || images >= 0, "--images must be 0 or more");
            require(count >= 0, "--count must be 0 or more");
            try (ConfigurableApplicationContext context = settings.open(ImagingSettings.class)) {
                ImagingProperties imaging = context.getBean(ImagingProperties.class);
                long pause = Optional.ofNullable(interval)
                        .orElse(imaging.demo().interval())
                        .toMillis();
                SampleMicroscope microscope = microscope(imaging);
                for (int taken = 1; ; taken++) {
                    spec.commandLine().getOut().println(microscope.takeTimeStep());
                    if (taken == count) {
                        return 0;
                    }
                    Thread.sleep(pause);
                }
            }
        }

        private SampleMicroscope microscope(ImagingProperties imaging) {
            SystemShares shares = new SystemShares(imaging.sourceDir(), imaging.systems());
            require(
                    system == null || shares.knows(system),
                    "--system must be one of " + String.join(", ", imaging.systems()));
            return new SampleMicroscope(
                    system == null ? List.copyOf(shares.all()) : List.of(shares.of(system)),
                    Optional.ofNullable(images).orElse(imaging.demo().images()),
                    new ObjectMapper(),
                    Clock.systemUTC(),
                    RandomGenerator.getDefault());
        }

        private void require(boolean holds, String rule) {
            if (!holds) {
                throw new ParameterException(spec.commandLine(), rule);
            }
        }
    }

    @Command(
            name = "ingest-backlog",
            mixinStandardHelpOptions = true,
            description = "Makes a running Caravan publish the events of a span of time again.",
            footer = {
                "%nTIME is 2024-02-01T09:30:00+01:00. Without offset it is the time of this machine, without",
                "time of day midnight."
            })
    @SuppressWarnings("NullAway.Init")
    static final class IngestBacklog implements Callable<Integer> {

        @Mixin
        private final RunningCaravan caravan;

        @Option(
                names = "--start",
                paramLabel = "TIME",
                required = true,
                converter = MomentConverter.class,
                description = "First event time.")
        private OffsetDateTime start;

        @Option(
                names = "--end",
                paramLabel = "TIME",
                required = true,
                converter = MomentConverter.class,
                description = "Last event time.")
        private OffsetDateTime end;

        @Option(names = "--system", paramLabel = "NAME", description = "Events of this system only.")
        private @Nullable String system;

        IngestBacklog(RunningCaravan caravan) {
            this.caravan = caravan;
        }

        @Override
        public Integer call() throws Exception {
            Map<String, String> body = new LinkedHashMap<>();
            body.put("start", start.toString());
            body.put("end", end.toString());
            if (system != null) {
                body.put("system", system);
            }
            return caravan.post(OPERATIONS + "ingest-backlog", body);
        }
    }

    @Command(
            name = "requeue-dead",
            mixinStandardHelpOptions = true,
            description = "Makes a running Caravan put the dead entries of a stream back.")
    @SuppressWarnings("NullAway.Init")
    static final class RequeueDead implements Callable<Integer> {

        @Mixin
        private final RunningCaravan caravan;

        @Parameters(paramLabel = "STREAM", description = "Such as upload-worker:new-export; without :dead.")
        private String stream;

        RequeueDead(RunningCaravan caravan) {
            this.caravan = caravan;
        }

        @Override
        public Integer call() throws Exception {
            return caravan.post(OPERATIONS + "requeue-dead", Map.of("stream", stream));
        }
    }

    @Command(
            name = "upload-again",
            mixinStandardHelpOptions = true,
            description = "Makes a running Caravan replace the object of a time step by the current images.")
    @SuppressWarnings("NullAway.Init")
    static final class UploadAgain implements Callable<Integer> {

        @Mixin
        private final RunningCaravan caravan;

        @Parameters(paramLabel = "REF_ID", description = "The time step's timestep_id.")
        private UUID refId;

        UploadAgain(RunningCaravan caravan) {
            this.caravan = caravan;
        }

        @Override
        public Integer call() throws Exception {
            return caravan.post(OPERATIONS + "re-upload/" + refId, Map.of());
        }
    }

    @Command(
            name = "purge",
            mixinStandardHelpOptions = true,
            description = "Makes a running Caravan delete uploaded files that are past their lifespan now.")
    static final class Purge implements Callable<Integer> {

        @Mixin
        private final RunningCaravan caravan;

        @Option(names = "--dry-run", description = "Only lists what would be deleted.")
        private boolean dryRun;

        Purge(RunningCaravan caravan) {
            this.caravan = caravan;
        }

        @Override
        public Integer call() throws Exception {
            return caravan.post(OPERATIONS + "purge?dry_run=" + dryRun, Map.of());
        }
    }
}
