package routes.local;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ArtemisBrokerTest {

    private static final String QUEUE = "tape.notifications";
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(30).toMillis();

    @TempDir
    Path folder;

    private ArtemisBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new ArtemisBroker(folder, LoopbackPort.free());
        broker.start();
    }

    @AfterEach
    void stop() throws Exception {
        broker.stop();
    }

    @Test
    @DisplayName("a JMS message survives a restart")
    void jmsSurvivesRestart() throws Exception {
        sendCore("kept");
        broker.stop();
        broker = new ArtemisBroker(folder, LoopbackPort.free());
        broker.start();

        assertThat(receiveCore()).isEqualTo("kept");
    }

    @Test
    @DisplayName("AMQP 1.0 clients share queues with JMS clients, both ways")
    void amqp() {
        try (JMSContext amqp = amqpClient()) {
            amqp.createProducer().send(amqp.createQueue(QUEUE), "from AMQP");
            assertThat(receiveCore()).isEqualTo("from AMQP");

            sendCore("from JMS");
            String received = amqp.createConsumer(amqp.createQueue(QUEUE)).receiveBody(String.class, PATIENCE_MILLIS);
            assertThat(received).isEqualTo("from JMS");
        }
    }

    @Test
    @DisplayName("STOMP clients share queues with JMS clients, both ways")
    void stomp() throws Exception {
        try (Socket socket = new Socket(LoopbackPort.HOST, port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            frame(socket, "CONNECT\naccept-version:1.2\nhost:local\n\n");
            assertThat(read(socket)).startsWith("CONNECTED");
            frame(socket, "SEND\ndestination:" + QUEUE + "\nreceipt:1\ncontent-type:text/plain\n\nfrom STOMP");
            assertThat(read(socket)).startsWith("RECEIPT");
            assertThat(receiveCore()).isEqualTo("from STOMP");

            frame(socket, "SUBSCRIBE\nid:0\ndestination:" + QUEUE + "\nreceipt:2\n\n");
            assertThat(read(socket)).startsWith("RECEIPT");
            sendCore("from JMS");
            assertThat(read(socket)).startsWith("MESSAGE").endsWith("from JMS");
        }
    }

    private void sendCore(String text) {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.address());
                JMSContext jms = factory.createContext()) {
            JMSProducer producer = jms.createProducer();
            producer.send(jms.createQueue(QUEUE), text);
        }
    }

    private String receiveCore() {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.address());
                JMSContext jms = factory.createContext()) {
            return jms.createConsumer(jms.createQueue(QUEUE)).receiveBody(String.class, PATIENCE_MILLIS);
        }
    }

    private JMSContext amqpClient() {
        return new JmsConnectionFactory("amqp://%s:%d".formatted(LoopbackPort.HOST, port())).createContext();
    }

    private int port() {
        return java.net.URI.create(broker.address()).getPort();
    }

    private static void frame(Socket socket, String text) throws Exception {
        socket.getOutputStream().write((text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Socket socket) throws Exception {
        InputStream in = socket.getInputStream();
        StringBuilder frame = new StringBuilder();
        for (int c = in.read(); c > 0; c = in.read()) {
            frame.append((char) c);
        }
        return frame.toString().strip();
    }
}
