package routes.replay.job.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.replay.JobSamples;
import routes.replay.job.JobDefinition;
import routes.replay.job.json.JobRequestReader;
import routes.replay.protocol.SavantWriter;
import routes.replay.socket.SinkOptions;

import static org.assertj.core.api.Assertions.assertThat;

class SinkWritersTest {

    private final AtomicLong now = new AtomicLong();
    private final List<String> log = new ArrayList<>();
    private final SinkWriters writers = new SinkWriters(2, Duration.ofSeconds(60), now::get);

    @Test
    @DisplayName("RP101 a writer is shared and kept for its ttl, counted from its creation, and as long as it is used")
    void keptForItsTtl() {
        SavantWriter first = open(1);
        assertThat(open(1)).isSameAs(first);
        close(1);
        close(1);
        assertThat(open(1)).isSameAs(first);
        now.set(Duration.ofSeconds(61).toNanos());
        writers.tidy();
        assertThat(log).containsExactly("open 1");
        close(1);
        assertThat(log).containsExactly("open 1", "close 1");
        assertThat(open(1)).isNotSameAs(first);
    }

    @Test
    @DisplayName("RP101 of too many the oldest that nobody uses goes; at the stop all go")
    void overflow() {
        open(1);
        open(2);
        close(2);
        open(3);
        writers.tidy();
        assertThat(log).containsExactly("open 1", "open 2", "open 3", "close 2");
        writers.clear();
        assertThat(log).endsWith("close 1", "close 3");
    }

    @Test
    @DisplayName("RX20 jobs with other keys of CURVE have a writer of their own")
    void keysOfTheirOwn() {
        SavantWriter plain = open(1);
        ObjectNode request = (ObjectNode) job(1).json();
        request.withObject("/sink").put("curve", "vault");

        assertThat(writers.open(new JobRequestReader().definition(request, SinkOptions.DEFAULT), () -> () -> {}))
                .isNotSameAs(plain);
    }

    private SavantWriter open(int port) {
        return writers.open(job(port), () -> {
            log.add("open " + port);
            return () -> log.add("close " + port);
        });
    }

    private void close(int port) {
        writers.close(job(port));
    }

    private static JobDefinition job(int port) {
        ObjectNode request = JobSamples.request("cam-1", new UUID(0, 1), "'now'");
        ((ObjectNode) request.get("sink")).put("url", "dealer+connect:tcp://127.0.0.1:" + port);
        return new JobRequestReader().definition(request, SinkOptions.DEFAULT);
    }
}
