package routes.imaging;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.imaging.record.TapeNotification;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;

/** The stand-in is understood by our own reader of notifications, so that tests with it prove something. */
class FakeTapeToolTest {

    private static final LocalDate DAY = LocalDate.of(2024, 2, 1);

    private static final String LISTING =
            """
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>
            <Contents><Key>images/20240115_007/20240201/093000.tar</Key></Contents>
            <Contents><Key>images/20240115_007/20240201/093100.tar</Key></Contents>
            <Contents><Key>images/20240115_008/20240201/093000.tar</Key></Contents>
            <Contents><Key>images/20240115_008/20240202/093000.tar</Key></Contents>
            </ListBucketResult>
            """;

    @Test
    @DisplayName("O07 the fake tape tool tags the objects of the day and announces one tar an experiment")
    void archivesADay() throws Exception {
        List<String> tagged = new ArrayList<>();
        List<byte[]> published = new ArrayList<>();
        HttpServer store = objectStore(tagged);
        try (S3Client s3 = client(store)) {
            Map<String, List<String>> archives =
                    new FakeTapeTool(s3, "raw-data", published::add).archive("images", DAY);
            assertThat(archives)
                    .containsOnlyKeys("images/20240115_007/2024-02-01.tar", "images/20240115_008/2024-02-01.tar");
        } finally {
            store.stop(0);
        }
        assertThat(tagged).hasSize(3).allMatch(request -> request.contains("<Key>archived</Key><Value>true</Value>"));
        assertThat(published).hasSize(1);

        TapeNotification notification =
                new TapeNotification.Reader(new ObjectMapper(), "raw-data").read(published.get(0));
        assertThat(notification.archives()).hasSize(2);
        assertThat(notification.archives().get(0).members())
                .extracting(TapeNotification.Member::srcKey)
                .containsExactly(
                        "raw-data/images/20240115_007/20240201/093000.tar",
                        "raw-data/images/20240115_007/20240201/093100.tar");
    }

    @Test
    void publishesToAJmsTopic() throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("vm", "vm://33"));
        broker.start();
        try (ActiveMQConnectionFactory jms = new ActiveMQConnectionFactory("vm://33");
                JMSContext session = jms.createContext();
                JMSConsumer listener = session.createConsumer(session.createTopic(FakeTapeTool.TOPIC))) {
            byte[] notification = FakeTapeTool.notification(DAY, Map.of());
            FakeTapeTool.over(jms).publish(notification);
            assertThat(listener.receiveBody(String.class, 10_000))
                    .isEqualTo(new String(notification, StandardCharsets.UTF_8));
        } finally {
            broker.stop();
        }
    }

    private static S3Client client(HttpServer store) {
        return S3Client.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + store.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .forcePathStyle(true)
                .build();
    }

    private static HttpServer objectStore(List<String> tagged) throws Exception {
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                byte[] answer = new byte[0];
                if (exchange.getRequestMethod().equals("PUT")) {
                    tagged.add(exchange.getRequestURI() + body);
                } else {
                    answer = LISTING.getBytes(StandardCharsets.UTF_8);
                }
                exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        store.start();
        return store;
    }
}
