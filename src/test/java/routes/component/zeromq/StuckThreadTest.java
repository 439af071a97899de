package routes.component.zeromq;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.util.TestSocketUtils;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.component.zeromq.CamelRuntime.eventually;

/** A thread of JeroMQ that hangs or dies, be it by a fault that nobody knows yet. */
@Timeout(120)
class StuckThreadTest {

    /** What happens in the I/O thread when the next connection comes. */
    private final AtomicReference<Runnable> onConnection = new AtomicReference<>(() -> {});

    private final CountDownLatch release = new CountDownLatch(1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry() {
        @Override
        protected Counter newCounter(Meter.Id id) {
            return new CumulativeCounter(id) {
                @Override
                public void increment(double amount) {
                    super.increment(amount);
                    if ("connected".equals(id.getTag("outcome"))) {
                        onConnection.getAndSet(() -> {}).run();
                    }
                }
            };
        }
    };
    private final String address = "tcp://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort();
    private final String asking = "tcp://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort();

    private CamelRuntime camel;
    private ZContext peers;
    private ZMQ.Socket push;
    private ZMQ.Socket pull;

    @BeforeEach
    void open() throws Exception {
        camel = new CamelRuntime();
        camel.context().getRegistry().bind("meters", meters);
        camel.consume("zeromq:" + address + "?mode=bind&socketType=PULL&reopenDelay=50");
        peers = new ZContext();
        push = peers.createSocket(SocketType.PUSH);
        push.connect(address);
        pull = peers.createSocket(SocketType.PULL);
        pull.setReceiveTimeOut(100);
        pull.bind(asking);
        push.send("one");
        eventually().until(() -> camel.seen().equals(List.of("one")));
        assertThat(send("two").getException()).isNull();
        eventually().until(() -> "two".equals(pull.recvStr()));
    }

    @AfterEach
    void close() {
        release.countDown();
        peers.close();
        camel.close();
    }

    @Test
    @DisplayName("CP1 While the I/O thread hangs, health is DOWN; then consumers and producers go on in a new context")
    void hangs() {
        onConnection.set(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stranger();

        eventually().until(() -> {
            sockets().checkContext();
            return health() == HealthCheck.State.DOWN;
        });
        assertThat(camel.consumer().getTrouble()).contains("iothread", "has not answered");
        assertThat(meters.get("zeromq.io.silence").gauge().value()).isPositive();

        eventually().until(() -> {
            sockets().checkContext();
            return sockets().renewals() == 1;
        });
        goesOn();
        assertThat(meters.get("zeromq.io.renewals").functionCounter().count()).isOne();
    }

    @Test
    @DisplayName("CP1 When the I/O thread dies, health is DOWN at once, and everything goes on in a new context")
    void dies() {
        onConnection.set(() -> {
            throw new OutOfMemoryError("on purpose");
        });
        stranger();

        eventually().until(() -> health() == HealthCheck.State.DOWN || sockets().renewals() == 1);
        eventually().until(() -> sockets().renewals() == 1);
        goesOn();
    }

    private void goesOn() {
        eventually().until(() -> health() == HealthCheck.State.UP);
        eventually().until(() -> {
            push.send("three", ZMQ.DONTWAIT);
            return camel.seen().contains("three");
        });
        eventually().until(() -> send("four").getException() == null && "four".equals(pull.recvStr()));
        assertThat(sockets().renewals()).isOne();
    }

    private Exchange send(String text) {
        return camel.send("zeromq:" + asking + "?socketType=PUSH&reopenDelay=50", text);
    }

    private void stranger() {
        peers.createSocket(SocketType.PUSH).connect(address);
    }

    private SharedSockets sockets() {
        return camel.context().getComponent("zeromq", ZeroMqComponent.class).sockets();
    }

    private HealthCheck.State health() {
        return camel.consumer().getHealthCheck().call().getState();
    }
}
