package routes.local;

/** A service that Caravan needs, and the standard key that points to a server of the user's own. */
enum LocalService {
    REDIS("Redis", "spring.data.redis.url"),
    KAFKA("Kafka", "camel.component.kafka.brokers"),
    S3("S3", "camel.component.aws2-s3.uri-endpoint-override"),
    JMS("JMS", "spring.artemis.broker-url"),
    SQL("SQL", "spring.datasource.url");

    private final String title;
    private final String addressKey;

    LocalService(String title, String addressKey) {
        this.title = title;
        this.addressKey = addressKey;
    }

    /** The name that messages use. */
    String title() {
        return title;
    }

    /** The key that replaces the local server when it is set. */
    String addressKey() {
        return addressKey;
    }

    /** The name in {@code caravan.local.<name>.…} and of the folder under {@code caravan.data-dir}. */
    String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The key of the local server's port. */
    String portKey() {
        return "caravan.local." + id() + ".port";
    }
}
