package routes.component.zeromq;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import routes.component.zeromq.socket.ZeroMqSocketType;

/**
 * What a peer of a ZeroMQ socket should never send: all greetings, then frames with wrong lengths, flags and commands.
 * The same seed makes the same bytes.
 */
final class HostileBytes {

    private static final long[] LENGTHS = {
        -1,
        0x8000_0000_ffff_fff0L,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 16,
        0xffff_ffff_0000_0005L,
        Long.MAX_VALUE,
        1L << 31,
        Integer.MAX_VALUE
    };
    private static final List<String> COMMANDS = List.of(
            "READY", "PING", "PONG", "ERROR", "SUBSCRIBE", "CANCEL", "JOIN", "HELLO", "INITIATE", "MESSAGE", "");
    private static final Map<String, String> PARTNERS = Map.of(
            "ROUTER", "DEALER", "DEALER", "ROUTER", "SUB", "PUB", "XSUB", "PUB", "PUB", "SUB", "XPUB", "SUB", "PULL",
            "PUSH", "PUSH", "PULL", "REP", "REQ", "REQ", "REP");
    private static final int MORE = 1;
    private static final int LARGE = 2;
    private static final int COMMAND = 4;
    private static final int SHORT_PING = 5;

    /** Longer than any answer to a greeting takes. */
    private static final int ANSWER_MILLIS = 200;

    private static final int GREETING_BYTES = 64;

    private final Random random;
    private final String partner;
    private final boolean curve;

    HostileBytes(long seed, ZeroMqSocketType type, boolean curve) {
        this.random = new Random(seed);
        this.partner = PARTNERS.getOrDefault(type.name(), type.name());
        this.curve = curve;
    }

    /**
     * A connection and what goes over it.
     *
     * @param late goes out when the other side has answered the first part
     */
    record Conversation(byte[] first, byte[] late) {

        /** Leaves the connection open: what matters must have been read before its end. */
        void over(Socket connection) throws IOException {
            connection.getOutputStream().write(first);
            if (late.length > 0) {
                connection.setSoTimeout(ANSWER_MILLIS);
                connection.getInputStream().readNBytes(GREETING_BYTES + 1);
                connection.getOutputStream().write(late);
            }
        }
    }

    /** Each bad length after each greeting, before and after the handshake, as data and as command. */
    List<Conversation> everyLength() {
        List<Conversation> all = new ArrayList<>();
        for (long length : LENGTHS) {
            byte[] oldFrame = bytes(0xff, length, 0, "x");
            all.add(new Conversation(bytes(0xff, length, 0), new byte[0]));
            all.add(new Conversation(bytes(1, 0, oldFrame), new byte[0]));
            all.add(new Conversation(bytes(signature(), 0, 5, 1, 0, oldFrame), new byte[0]));
            for (int flags : new int[] {LARGE, LARGE | MORE, LARGE | COMMAND, 0xff}) {
                byte[] frame = bytes(flags, length, "x");
                all.add(new Conversation(bytes(signature(), 1, 5, frame), new byte[0]));
                all.add(new Conversation(bytes(signature(), 1, 5, 0, 0, frame), new byte[0]));
                all.add(new Conversation(bytes(greeting(), frame), new byte[0]));
                all.add(new Conversation(bytes(greeting(), handshake()), frame));
            }
        }
        all.add(new Conversation(bytes(greeting(), handshake()), bytes(COMMAND, SHORT_PING, 4, "PING")));
        return all;
    }

    List<Conversation> garbage(int conversations) {
        List<Conversation> all = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
            all.add(
                    switch (random.nextInt(6)) {
                        case 0 -> new Conversation(bytes(1, 0, frames()), new byte[0]);
                        case 1 ->
                            new Conversation(bytes(signature(), 0, random.nextInt(14), 1, 0, frames()), new byte[0]);
                        case 2 ->
                            new Conversation(bytes(signature(), 1, random.nextInt(14), 0, 0, frames()), new byte[0]);
                        case 3 -> new Conversation(noise(100), new byte[0]);
                        default -> new Conversation(bytes(greeting(), handshake()), frames());
                    });
        }
        return all;
    }

    private byte[] frames() {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = random.nextInt(5); i >= 0; i--) {
            String command = COMMANDS.get(random.nextInt(COMMANDS.size()));
            byte[] body = random.nextBoolean() ? bytes(command.length(), command, noise(30)) : noise(40);
            int flags = random.nextBoolean() ? random.nextInt(8) : random.nextInt(256);
            boolean lies = random.nextInt(3) == 0;
            if ((flags & LARGE) != 0) {
                long length = lies ? LENGTHS[random.nextInt(LENGTHS.length)] : body.length;
                frames.writeBytes(bytes(flags, length, body));
            } else {
                frames.writeBytes(bytes(flags, lies ? random.nextInt(256) : body.length, body));
            }
        }
        return frames.toByteArray();
    }

    private static byte[] signature() {
        return bytes(0xff, 0L, 0x7f);
    }

    private byte[] greeting() {
        byte[] mechanism = (curve ? "CURVE" : "NULL").getBytes(StandardCharsets.US_ASCII);
        return bytes(signature(), 3, 0, Arrays.copyOf(mechanism, 20), new byte[32]);
    }

    private byte[] handshake() {
        byte[] command = curve
                ? bytes(5, "HELLO", 1, 0, new byte[72], noise(32), 0L, noise(80))
                : bytes(5, "READY", 11, "Socket-Type", 0, 0, 0, partner.length(), partner);
        return bytes(COMMAND, command.length, command);
    }

    private byte[] noise(int most) {
        byte[] noise = new byte[random.nextInt(most + 1)];
        random.nextBytes(noise);
        return noise;
    }

    /** Integers are bytes, longs have eight. */
    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer number) {
                out.write(number);
            } else if (part instanceof Long number) {
                out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            } else if (part instanceof String text) {
                out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            } else {
                out.writeBytes((byte[]) part);
            }
        }
        return out.toByteArray();
    }
}
