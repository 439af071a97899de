package routes.replay.job.service;

import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.fasterxml.jackson.databind.node.TextNode;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class EventStreamsTest {

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final UUID id = UUID.randomUUID();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    @DisplayName("RX8 a change of the state and progress are told apart, and the last event ends the stream")
    void events() throws Exception {
        EventStreams<String> streams = new EventStreams<>(threads, Duration.ofHours(1));
        follow(streams, "new");
        patiently().until(() -> text().endsWith("event: state\ndata: \"new\"\n\n"));
        streams.tell(id, "new");
        patiently().until(() -> text().endsWith("event: progress\ndata: \"new\"\n\n"));
        streams.tell(id, "over");

        patiently().until(() -> streams.count(id) == 0);
        assertThat(text()).endsWith("event: state\ndata: \"over\"\n\n");
    }

    @Test
    @DisplayName("RX8 a silent stream gets a comment line now and then")
    void heartbeat() {
        EventStreams<String> streams = new EventStreams<>(threads, Duration.ofMillis(10));
        follow(streams, "new");

        patiently().until(() -> text().startsWith("event: state\ndata: \"new\"\n\n") && text().endsWith("\n\n:\n\n"));
        assertThat(streams.count(id)).isEqualTo(1);
    }

    private void follow(EventStreams<String> streams, String now) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setAsyncSupported(true);
        streams.follow(
                id,
                request.startAsync(request, response),
                state -> new EventStreams.Event(state, TextNode.valueOf(state), state.equals("over")),
                () -> now);
    }

    private String text() throws UnsupportedEncodingException {
        return response.getContentAsString();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
    }
}
