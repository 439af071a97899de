package routes.replay.socket;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import routes.platform.json.JsonValues;

/**
 * A socket as Savant writes it: {@code [<type>+<bind|connect>:]<endpoint>[:<source>]}, with the endpoint
 * {@code tcp://host:port} or {@code ipc://path}.
 *
 * @param type of a reader or a writer
 * @param bind whether it waits for peers; else it connects to one
 * @param endpoint as ZeroMQ takes it
 * @param source the suffix, which a writer may have and replay does not use
 * @param <T> {@link ReaderType} or {@link WriterType}
 */
public record SocketUrl<T extends Enum<T>>(T type, boolean bind, String endpoint, Optional<String> source) {

    private static final Pattern TYPED =
            Pattern.compile("(?<type>[^:+]*)\\+(?<mode>[^:]*):(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern TCP =
            Pattern.compile("(?<endpoint>tcp://[^:/\\s]+:(?<port>\\d{1,5}|\\*))(?::(?<source>.+))?");
    private static final Pattern IPC = Pattern.compile("(?<endpoint>ipc://[^:]+)(?::(?<source>.+))?");
    /** Some of them mean something in the endpoint URIs and placeholders of Camel. */
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._/:*@+~-]");

    private static final int MAX_PORT = 65_535;
    private static final String WILDCARD = "*";

    /**
     * The URL of an ingress; router and bind when it does not say.
     *
     * @throws IllegalArgumentException with what is wrong, in words that follow the name of the key
     */
    public static SocketUrl<ReaderType> reader(String url) {
        SocketUrl<ReaderType> parsed = parse(url, ReaderType.class, ReaderType.ROUTER);
        if (parsed.source.isPresent()) {
            throw new IllegalArgumentException("must not end with a source, here \"" + parsed.source.get() + "\"");
        }
        return parsed;
    }

    /**
     * The URL of an egress or of a job's sink; dealer and bind when it does not say.
     *
     * @throws IllegalArgumentException with what is wrong, in words that follow the name of the key
     */
    public static SocketUrl<WriterType> writer(String url) {
        SocketUrl<WriterType> parsed = parse(url, WriterType.class, WriterType.DEALER);
        if (parsed.source.isPresent() && !TYPED.matcher(url).matches()) {
            throw new IllegalArgumentException("may end with a source only when it starts with a type");
        }
        return parsed;
    }

    /**
     * The same from JSON, and without anything that could smuggle options into an endpoint.
     *
     * @throws IllegalArgumentException with what is wrong, in words that follow the name of the key
     */
    public static SocketUrl<WriterType> writerOf(JsonNode text) {
        SocketUrl<WriterType> url = writer(JsonValues.text(text));
        if (UNSAFE.matcher(url.endpoint()).find()) {
            throw new IllegalArgumentException(
                    "may have only letters, digits and . _ / : * @ + ~ - in its address, is \"" + url.endpoint()
                            + "\"");
        }
        return url;
    }

    private static <T extends Enum<T>> SocketUrl<T> parse(String url, Class<T> types, T defaultType) {
        Matcher typed = TYPED.matcher(url);
        if (!typed.matches()) {
            return endpoint(defaultType, true, url);
        }
        T type = type(typed.group("type"), types);
        boolean bind =
                switch (typed.group("mode")) {
                    case "bind" -> true;
                    case "connect" -> false;
                    default ->
                        throw new IllegalArgumentException(
                                "must say bind or connect after the +, says \"" + typed.group("mode") + "\"");
                };
        return endpoint(type, bind, typed.group("rest"));
    }

    private static <T extends Enum<T>> T type(String text, Class<T> types) {
        return Arrays.stream(types.getEnumConstants())
                .filter(type -> name(type).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be of type "
                        + String.join(
                                ", ",
                                Arrays.stream(types.getEnumConstants())
                                        .map(SocketUrl::name)
                                        .toList())
                        + ", is \"" + text + "\""));
    }

    private static String name(Enum<?> type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static <T extends Enum<T>> SocketUrl<T> endpoint(T type, boolean bind, String text) {
        Matcher tcp = TCP.matcher(text);
        if (tcp.matches() && isPort(tcp.group("port"), bind)) {
            return new SocketUrl<>(type, bind, tcp.group("endpoint"), source(tcp.group("source")));
        }
        Matcher ipc = IPC.matcher(text);
        if (ipc.matches()) {
            return new SocketUrl<>(type, bind, ipc.group("endpoint"), source(ipc.group("source")));
        }
        throw new IllegalArgumentException(
                "must name tcp://host:port or ipc://path, where host and path have no colon, names \"" + text + "\"");
    }

    /** Zero and * stand for any free port, which only a socket that binds can take. */
    private static boolean isPort(String text, boolean bind) {
        if (text.equals(WILDCARD)) {
            return bind;
        }
        int port = Integer.parseInt(text);
        return port <= MAX_PORT && (port > 0 || bind);
    }

    private static Optional<String> source(@Nullable String text) {
        return Optional.ofNullable(text);
    }

    /** Bound to or connected to a path of the file system. */
    public boolean isIpc() {
        return endpoint.startsWith("ipc://");
    }

    /** As it is written, with everything that was left to default. */
    @Override
    public String toString() {
        return name(type)
                + (bind ? "+bind:" : "+connect:")
                + endpoint
                + source.map(text -> ":" + text).orElse("");
    }
}
