package routes.local;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Decides which services are needed and have no configured address. */
final class LocalServicesPlan {

    private static final String S3 = "camel.component.aws2-s3.";

    private final Environment environment;
    private final LocalProperties properties;

    LocalServicesPlan(Environment environment) {
        this.environment = environment;
        this.properties = Binder.get(environment).bindOrCreate("caravan.local", LocalProperties.class);
    }

    /** {@code caravan.data-dir}. */
    Path dataDirectory() {
        return Path.of(environment.getRequiredProperty("caravan.data-dir"));
    }

    /**
     * The services to start.
     *
     * @throws LocalServiceException if one is needed but local servers are switched off
     */
    List<LocalService> missing() {
        List<LocalService> missing = Arrays.stream(LocalService.values())
                .filter(service -> isNeeded(service) && !isConfigured(service))
                .toList();
        missing.forEach(this::refuseIfSwitchedOff);
        return missing;
    }

    /** The configured port; 0 stands for any free one. */
    int portOf(LocalService service) {
        return properties.of(service).port();
    }

    /** Creates a server that has an address but does not run yet. */
    LocalServer serverFor(LocalService service, DataDirectory directory) {
        Path folder = directory.folderOf(service);
        int port = LoopbackPort.choose(portOf(service));
        return switch (service) {
            case REDIS -> new RedisServer(folder, port);
            case KAFKA -> new KafkaBroker(folder, port);
            case S3 -> new S3Server(folder, port);
            case JMS -> new ArtemisBroker(folder, port);
            case SQL -> new H2Database(folder);
        };
    }

    private boolean isNeeded(LocalService service) {
        return properties.of(service).neededBy().stream()
                .filter(StringUtils::hasText)
                .anyMatch(stage -> isEnabled(stage) && !goesElsewhere(service, stage));
    }

    /** A stage with a configurable endpoint needs our broker only if that endpoint is a JMS one. */
    private boolean goesElsewhere(LocalService service, String stage) {
        String uri = environment.getProperty(stage + ".uri", "");
        return service == LocalService.JMS && StringUtils.hasText(uri) && !uri.startsWith("jms:");
    }

    private boolean isEnabled(String stage) {
        return stage.equals(LocalProperties.ALWAYS) || environment.getProperty(stage + ".enabled", Boolean.class, true);
    }

    private boolean isConfigured(LocalService service) {
        return StringUtils.hasText(environment.getProperty(service.addressKey()))
                || service == LocalService.S3 && isAws();
    }

    private void refuseIfSwitchedOff(LocalService service) {
        if (!properties.enabled()) {
            throw new LocalServiceException(
                    "%s is not set, and caravan.local.enabled=false keeps Caravan from starting a local %s."
                            .formatted(service.addressKey(), service.title()),
                    "Set %s to your server, or let Caravan start one with caravan.local.enabled=true."
                            .formatted(service.addressKey()));
        }
    }

    /**
     * AWS needs no address, only credentials or the default credentials provider. Whoever configures these does not expect
     * the objects to stay on this disk.
     */
    private boolean isAws() {
        String accessKey = environment.getProperty(S3 + "access-key");
        return StringUtils.hasText(accessKey) && !S3Server.ACCESS_KEY.equals(accessKey)
                || environment.getProperty(S3 + "use-default-credentials-provider", Boolean.class, false);
    }
}
