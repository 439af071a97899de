package routes.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.platform.ForeignProgram;
import routes.platform.Peers;
import routes.platform.RabbitServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Notifications of the tape archiver over RabbitMQ, published by a Python program as the original does. */
@Tag("peer")
class RabbitIT {

    @TempDir
    private static Path scratch;

    private static ForeignProgram python;
    private static RabbitServer rabbit;

    @BeforeAll
    static void start() throws IOException {
        python = Peers.requirePython("pika");
        rabbit = RabbitServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (rabbit != null) {
            rabbit.close();
        }
    }

    @Test
    @DisplayName("D10 D11 D12 notifications are recorded, also those of the downtime, and unreadable ones set aside")
    void notifications() throws Exception {
        SampleEvent first;
        SampleEvent second;
        String secondKey;
        try (RunningCaravan caravan = caravan()) {
            first = caravan.drop(SampleEvent.ofPrince());
            second = caravan.drop(SampleEvent.ofPrince());
            String firstKey = exportedKey(caravan, first);
            secondKey = exportedKey(caravan, second);
            publish("not JSON".getBytes(), notification("first", firstKey));
            caravan.await(first.refId(), "archived");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> get("state-manager.dead"), "not JSON"::equals);
        }
        publish(notification("second", secondKey));
        try (RunningCaravan caravan = caravan()) {
            caravan.await(second.refId(), "archived");
            assertThat(get("state-manager.dead")).isEmpty();
        }
        assertThat(get("state-manager")).as("left in the queue").isEmpty();
    }

    private static RunningCaravan caravan() {
        return RunningCaravan.start(
                scratch.resolve("data"),
                "RABBITMQ_DSN=" + rabbit.dsn(),
                "imaging.tape.uri=spring-rabbitmq:surf-data-archive?queues=state-manager&exchangeType=fanout"
                        + "&arg.exchange.durable=false&arg.queue.durable=true");
    }

    private static String exportedKey(RunningCaravan caravan, SampleEvent event) {
        return caravan.await(event.refId(), "exported")
                .path("export")
                .path("key")
                .asText();
    }

    private static byte[] notification(String experiment, String key) throws IOException {
        return FakeTapeTool.notification(
                LocalDate.of(2024, 2, 1), Map.of("images/" + experiment + "/2024-02-01.tar", List.of(key)));
    }

    private static void publish(byte[]... notifications) throws IOException {
        String[] arguments = new String[notifications.length + 2];
        arguments[0] = "src/test/resources/peers/tape_tool.py";
        arguments[1] = String.valueOf(rabbit.port());
        for (int i = 0; i < notifications.length; i++) {
            arguments[i + 2] = Files.write(scratch.resolve("notification-" + i), notifications[i])
                    .toString();
        }
        python.run(arguments);
    }

    private static String get(String queue) {
        return python.run("src/test/resources/peers/queue_get.py", String.valueOf(rabbit.port()), queue);
    }
}
