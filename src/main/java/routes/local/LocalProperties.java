package routes.local;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The local servers; the defaults are in {@code application.yaml}.
 *
 * @param enabled whether to start a server for a service that is needed but not configured
 * @param redis the Redis server
 * @param kafka the Kafka broker
 * @param s3 the S3 server
 * @param jms the Artemis broker
 * @param sql the H2 database, which has no port
 */
@ConfigurationProperties("caravan.local")
record LocalProperties(
        @DefaultValue("true") boolean enabled,
        @Valid @DefaultValue Server redis,
        @Valid @DefaultValue Server kafka,
        @Valid @DefaultValue Server s3,
        @Valid @DefaultValue Server jms,
        @Valid @DefaultValue Server sql) {

    /** In {@link Server#neededBy()}: needed whatever stages run. */
    static final String ALWAYS = "*";

    /**
     * One server.
     *
     * @param port TCP port on loopback; 0 picks a free one
     * @param neededBy stages that use the service, such as {@code imaging.upload}: it is needed while
     *     {@code <stage>.enabled} of one of them is true; {@code *} means always
     */
    record Server(@Min(0) @Max(65535) @DefaultValue("0") int port, @DefaultValue List<String> neededBy) {}

    Server of(LocalService service) {
        return switch (service) {
            case REDIS -> redis;
            case KAFKA -> kafka;
            case S3 -> s3;
            case JMS -> jms;
            case SQL -> sql;
        };
    }
}
