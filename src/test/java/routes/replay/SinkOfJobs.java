package routes.replay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.google.protobuf.InvalidProtocolBufferException;
import org.awaitility.Awaitility;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import routes.replay.savant.generation1.Message;

/** A router that acknowledges ends of streams and remembers the numbers of the frames of each topic. */
final class SinkOfJobs implements AutoCloseable {

    private final ZContext zmq = new ZContext();
    private final Map<String, List<Long>> frames = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean stopped;

    SinkOfJobs(int port) {
        ZMQ.Socket router = zmq.createSocket(SocketType.ROUTER);
        router.setReceiveTimeOut(100);
        router.bind("tcp://127.0.0.1:" + port);
        thread = new Thread(() -> run(router), "sink-of-jobs");
        thread.start();
    }

    List<Long> framesOf(String topic) {
        return frames.getOrDefault(topic, List.of());
    }

    void awaitAny(Duration atMost) {
        Awaitility.await("a first frame").atMost(atMost).until(() -> !frames.isEmpty());
    }

    private void run(ZMQ.Socket router) {
        while (!stopped) {
            byte[] peer = router.recv();
            if (peer != null) {
                take(router, peer);
            }
        }
        router.close();
    }

    private void take(ZMQ.Socket router, byte[] peer) {
        String topic = router.recvStr();
        byte[] raw = router.recv();
        while (router.hasReceiveMore()) {
            router.recv();
        }
        try {
            Message message = Message.parseFrom(raw);
            if (message.hasVideoFrame()) {
                frames.computeIfAbsent(topic, first -> new CopyOnWriteArrayList<>())
                        .add(SavantSource.number(message.getVideoFrame().getUuid()));
            } else if (message.hasEndOfStream()) {
                router.sendMore(peer);
                router.send("OK".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a job sent what is no message", e);
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        zmq.close();
    }
}
