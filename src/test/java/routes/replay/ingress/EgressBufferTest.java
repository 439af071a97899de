package routes.replay.ingress;

import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.replay.SavantSamples;
import routes.replay.ingress.ReceivedMessage.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

class EgressBufferTest {

    @Test
    @DisplayName("what cannot be forwarded, or was dropped, holds up nothing")
    void forwardingFails() throws InterruptedException {
        EgressBuffer buffer = new EgressBuffer(
                true, false, Optional.empty(), 10, 1 << 20, new SimpleMeterRegistry(), Clock.systemUTC());
        List<byte[]> unreadable = Collections.singletonList(null);

        buffer.offer(List.of(
                message("1", List.of(new byte[1])),
                message("2", unreadable),
                ReceivedMessage.dropped(Outcome.UNSTORABLE, true, List.of(), "cannot be"),
                message("3", List.of(new byte[1]))));

        assertThat(buffer.messages()).isEqualTo(2);
        assertThat(buffer.next())
                .isNotNull()
                .returns("1", forwarding -> forwarding.topic().toStringUtf8());
        buffer.sent();
        assertThat(buffer.next())
                .isNotNull()
                .returns("3", forwarding -> forwarding.topic().toStringUtf8());
    }

    private static ReceivedMessage message(String topic, List<byte[]> data) {
        return new ReceivedMessage(
                Outcome.DELIVERED,
                false,
                List.of(),
                ByteString.copyFromUtf8(topic),
                Optional.of(SavantSamples.decoded(SavantSamples.FRAME_VECTOR)),
                data,
                Optional.empty(),
                "");
    }
}
