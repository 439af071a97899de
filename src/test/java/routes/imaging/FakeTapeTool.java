package routes.imaging;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Stands in for the archiver on the tape machine: collects the objects of one day, tags them, and announces one tar an
 * experiment. It writes no tar.
 */
final class FakeTapeTool {

    static final String TOPIC = "surf-data-archive";

    private static final String ROUTING_KEY = "archiving-cron";

    private final S3Client s3;
    private final String bucket;
    private final Publisher publisher;

    FakeTapeTool(S3Client s3, String bucket, Publisher publisher) {
        this.s3 = s3;
        this.bucket = bucket;
        this.publisher = publisher;
    }

    /** How a notification leaves. */
    interface Publisher {

        void publish(byte[] notification) throws Exception;
    }

    /** To a JMS topic, as text. */
    static Publisher over(ConnectionFactory jms) {
        return notification -> {
            try (JMSContext session = jms.createContext()) {
                session.createProducer()
                        .send(session.createTopic(TOPIC), new String(notification, StandardCharsets.UTF_8));
            }
        };
    }

    /** To the RabbitMQ exchange, declared and used as the original does. */
    static Publisher over(com.rabbitmq.client.ConnectionFactory rabbit) {
        return notification -> {
            try (Connection connection = rabbit.newConnection();
                    Channel channel = connection.createChannel()) {
                channel.exchangeDeclare(TOPIC, BuiltinExchangeType.FANOUT, false);
                channel.basicPublish(TOPIC, ROUTING_KEY, MessageProperties.MINIMAL_PERSISTENT_BASIC, notification);
            }
        };
    }

    /**
     * Archives every object of the day, of one kind.
     *
     * @param kind first segment of the keys, {@code images} or {@code videos}
     * @return keys of the objects, by path of the tar they went into; the notification says the same
     */
    Map<String, List<String>> archive(String kind, LocalDate day) throws Exception {
        Map<String, List<String>> archives = new TreeMap<>();
        for (String key : keysOf(kind, day)) {
            tag(key);
            String experiment = key.split("/")[1];
            archives.computeIfAbsent("%s/%s/%s.tar".formatted(kind, experiment, day), path -> new ArrayList<>())
                    .add(bucket + "/" + key);
        }
        publisher.publish(notification(day, archives));
        return archives;
    }

    /** Not every store knows tags: the one of our tests answers 501. */
    private void tag(String key) {
        try {
            s3.putObjectTagging(request -> request.bucket(bucket)
                    .key(key)
                    .tagging(tags -> tags.tagSet(
                            Tag.builder().key("archived").value("true").build())));
        } catch (S3Exception e) {
            if (e.statusCode() != 501) {
                throw e;
            }
        }
    }

    /** {@code <kind>/<experiment>/<day>/<time>.tar} */
    private List<String> keysOf(String kind, LocalDate day) {
        String folder = "/" + day.format(DateTimeFormatter.BASIC_ISO_DATE) + "/";
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(kind + "/")).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.contains(folder) && key.endsWith(".tar"))
                .toList();
    }

    /** The date as the publisher really sends it: a moment at midnight. */
    static byte[] notification(LocalDate day, Map<String, List<String>> archives) throws JsonProcessingException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("job_id", UUID.randomUUID().toString());
        body.put("date", day + "T00:00:00");
        body.put(
                "archives",
                archives.entrySet().stream()
                        .map(archive -> Map.of("path", archive.getKey(), "src_keys", archive.getValue()))
                        .toList());
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(body);
    }
}
