package routes.imaging;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import routes.platform.RawHttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests that nobody means well, to every operation of every contract: whose fault it is, the answer tells. */
class HostileRequestsTest extends ImagingWorkflow {

    private static final long SEED = 7;
    private static final int REQUESTS_AN_OPERATION = 100;

    /** Does what it is asked for, whatever else the request says: it would end the application of all tests. */
    private static final Set<String> LEFT_OUT = Set.of("replay-shut-down");

    private static final Pattern JAVA_NAME = Pattern.compile(
            "\\b(java|javax|jakarta|org|com|ch|io|sun|routes)\\.[a-z]+\\.|[A-Za-z]+(Exception|Error|Constraints)\\b|ALLOW_|Feature|"
                    + "\\$\\w+\\(|^\\s*at |\\bnull\\b.*because|CTRL-CHAR");

    private static final List<String> TEXTS = List.of(
            "%00",
            "%ff",
            "%2F",
            "%5C",
            "%2e%2e",
            "..",
            ".",
            "%",
            "%zz",
            "[]",
            "{}",
            "{x}",
            "a;b",
            ";jsessionid=1",
            "%0a",
            "%0d%0aX:%20y",
            "\u00e9\u00ff",
            "'",
            "%22%3Cscript%3E",
            "|",
            "^",
            "`",
            "\\",
            "//",
            "null",
            "NaN",
            "-1",
            "0",
            "99999999999999999999",
            "2147483648",
            "-9223372036854775808",
            "1e9",
            "0x10",
            "%D9%A1%D9%A2",
            "$simple{body}",
            "%24%7Bbody%7D",
            "%23bean",
            "%7B%7Bkey%7D%7D",
            "%F0%9F%92%A5",
            "%ED%A0%80",
            "%C0%AF",
            "+",
            "%20",
            "",
            "true",
            "2026-01-01",
            "%2B999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00%2B18:00",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2026-01-01T00:00:00-18:00",
            "2026-13-45",
            "2026-01-01T00:00:00",
            "PT1S",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "urn:uuid:x",
            "9".repeat(300),
            "a".repeat(3000),
            "a".repeat(20_000));

    private static final List<String> CONTENT_TYPES = List.of(
            "",
            "text/plain",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "application/json; charset=",
            "application/json; charset=\"utf-8",
            "application/json;;;",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=x",
            "multipart/mixed; boundary=x",
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=utf-32",
            "/",
            "*/*",
            "application/*",
            "application/*+json",
            "text/html; charset=ISO-8859-1",
            "application/octet-stream",
            "application/json, text/plain",
            "application/json; charset=utf-7",
            "application/cbor",
            "\u00ff",
            "a/b; c=\"");

    private static final List<String> HEADERS = List.of(
            "Accept: nonsense",
            "Accept: */*;q=5",
            "Accept: text/html",
            "Accept: " + "a/b,".repeat(90),
            "Accept: ,;=",
            "Expect: 100-continue",
            "Expect: nonsense",
            "If-Modified-Since: nonsense",
            "If-None-Match: *",
            "Range: bytes=z-",
            "Authorization: Basic %%%",
            "Authorization: Bearer x",
            "Authorization: \u00ff",
            "Cookie: ;;=;\u00ff",
            "Idempotency-Key: ",
            "Idempotency-Key: \u00ff\u00fe",
            "Idempotency-Key: " + "k".repeat(300),
            "Origin: null",
            "Origin: http://[",
            "Host: [::1",
            "Host: a b",
            "Host: ",
            "Host: x:99999999",
            "Host: x, y",
            "X-Forwarded-For: nonsense,,",
            "X-Forwarded-Proto: javascript",
            "X-Forwarded-Port: abc",
            "X-Forwarded-Host: ///",
            "X-Forwarded-Prefix: ..;",
            "X-HTTP-Method-Override: NONSENSE",
            "Content-Encoding: gzip",
            "CamelHttpMethod: DELETE",
            "CamelHttpPath: /../..",
            "CamelBeanMethodName: exit",
            "org.apache.camel.x: y",
            "Content-Length: -1",
            "Content-Length: x",
            "Content-Length: 99999999999999999999",
            "Content-Length: 1",
            "Content-Length: 5000000",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: identity",
            "Upgrade: h2c",
            "Connection: upgrade",
            "a b: c",
            ": empty",
            "no colon",
            " folded",
            "X: \u0000",
            "X-Long: " + "x".repeat(9000),
            "X: y\r\n".repeat(120) + "X: y",
            "Accept-Language: ;;;\u00ff",
            "Accept-Charset: nonsense",
            "Sec-Fetch-Site: cross-site",
            "traceparent: nonsense",
            "Content-Disposition: form-data; name=x");

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "get",
            "G\u00ffT",
            "");

    private static final List<byte[]> BODIES = List.of(
            new byte[0],
            new byte[] {-1},
            utf8("null"),
            utf8("[]"),
            utf8("{}"),
            utf8("\"x\""),
            utf8("1e999999999"),
            utf8("NaN"),
            utf8("{"),
            utf8("{'a':1}"),
            utf8("/*c*/{}"),
            utf8("\ufeff{}"),
            utf8("{\"a\":".repeat(3000)),
            utf8("[".repeat(6000)),
            utf8("9".repeat(5000)),
            utf8("\"\\ud800\""),
            utf8("\"\\u0000\""),
            utf8("a=b&c=%"),
            utf8("{}{}"),
            utf8("\u001f"),
            "{}".getBytes(StandardCharsets.UTF_16),
            "{\"source_id\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1),
            utf8("--x\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n1\r\n--x--"),
            utf8("\"" + "x".repeat(1 << 20) + "\""),
            utf8("{\"" + "k".repeat(60_000) + "\":1}"));

    private static final List<String> VALUES = List.of(
            "null",
            "[]",
            "{}",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "-1",
            "0",
            "1.5",
            "1e400",
            "1e-400",
            "99999999999999999999999",
            "9223372036854775807",
            "-9223372036854775808",
            "true",
            "\"nonsense\"",
            "\"a/b\\\\c%\"",
            "[[[[1]]]]",
            "{\"secs\":-1}",
            "{\"secs\":18446744073709551615,\"nanos\":4294967295}",
            "[null]",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"" + "v".repeat(5000) + "\"",
            "\"urn:uuid:\"",
            "\"dealer+connect:tcp://[\"",
            "\"(\"",
            "{\"\":null}");

    private final Random random = new Random(SEED);
    private final RequestLog log = new RequestLog();

    @BeforeEach
    void listen() {
        log.attach();
    }

    @AfterEach
    void leave() {
        log.detach();
    }

    @Test
    @DisplayName(
            "CP7 CP8 no request to any operation is a 5xx, HTML, more than one log line, or an answer with a Java name")
    void everyOperation() throws IOException {
        Map<String, String> wrong = new TreeMap<>();
        int sent = 0;
        for (Called called : operations()) {
            for (int i = 0; i < REQUESTS_AN_OPERATION; i++) {
                Request request = hostile(called);
                log.clear();
                RawHttp.Answer answer = RawHttp.send(port, request.head(), request.body);
                sent++;
                String fault = faultOf(request, answer);
                if (!fault.isEmpty()) {
                    wrong.putIfAbsent(fault, called.operation.getOperationId() + ": " + request + " -> " + answer);
                }
            }
        }
        assertThat(wrong)
                .as("of %d requests, by fault with one example each", sent)
                .isEmpty();
        assertThat(sent).isGreaterThan(3000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "GET /api/1/exports?state=[] -> 200",
                "GET /api/1/exports?state={x}|^`\"<> -> 200",
                "HEAD /health -> 204",
                "OPTIONS /api/1/exports -> 200",
                "GET /%00 -> 400",
                "GET /%ff -> 400",
                "GET /api/1/archives/a%2Fb -> 400",
                "GET /api/1/archives/a%5Cb -> 400",
                "GET /api/1/archives/a%25b -> 400",
                "GET /api/1/archives/a;b -> 400",
                "GET /api/1/events;a=%% -> 400",
                "GET /nowhere -> 404",
                "GET /api/1/nowhere -> 404",
                "GET /error -> 404",
                "POST /api/1/exports -> 405",
                "TRACE /api/1/exports -> 405",
                "CONNECT /api/1/exports -> 405",
                "PROPFIND /api/1/exports -> 405",
            })
    @DisplayName("CP8 what Tomcat or the firewall refuses is answered with the right status and problem details")
    void refused(String line, int status) throws IOException {
        RawHttp.Answer answer =
                RawHttp.send(port, line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n", new byte[0]);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(faultIn(answer, line.startsWith("HEAD"))).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @DisplayName("CP8 an address or headers that are too long have a status of their own")
    void tooLong() throws IOException {
        RawHttp.Answer address =
                RawHttp.send(port, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n", new byte[0]);
        RawHttp.Answer header =
                RawHttp.send(port, "GET /health HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n", new byte[0]);

        assertThat(address.status()).isEqualTo(414);
        assertThat(header.status()).isEqualTo(431);
        assertThat(faultIn(address, false) + faultIn(header, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "application/json -> 400",
                "application/json; charset=utf-8 -> 400",
                "application/json; charset=utf-16 -> 415",
                "application/json; charset=nonsense -> 415",
                "application/x-www-form-urlencoded -> 415",
                "multipart/form-data -> 415",
                "text/plain -> 415"
            })
    @DisplayName("CP7 a body that is not UTF-8, or of another type, is refused with one answer and no line in the log")
    void notUtf8(String type, int status) throws IOException {
        byte[] body = "{\"source_id\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
        RawHttp.Answer answer = RawHttp.send(
                port,
                "POST /replay/api/v1/keyframes/find HTTP/1.1\r\nHost: x.localhost\r\nConnection: close\r\nContent-Length: "
                        + body.length + "\r\nContent-Type: " + type + "\r\n",
                body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(faultIn(answer, false)).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @DisplayName(
            "CP11 clients that do not send the rest of their bodies keep nobody waiting, and are sent away after a while")
    void slowBodies() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 250; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                slow.add(socket);
                socket.getOutputStream()
                        .write(
                                utf8(
                                        "POST /api/1/operations/requeue-dead HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"));
            }
            assertThat(get("/health").statusCode()).isEqualTo(204);
            assertThat(get("/api/1/exports").statusCode()).isEqualTo(200);
            assertThat(slow).as("they wait all the while").allMatch(HostileRequestsTest::isUnanswered);
            for (Socket socket : slow) {
                socket.setSoTimeout(60_000);
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 408 ")
                        .contains("application/problem+json");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static boolean isUnanswered(Socket socket) {
        try {
            return socket.getInputStream().available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String faultOf(Request request, RawHttp.Answer answer) throws IOException {
        // A purge that is carried out has a line for each source of other tests that it deletes
        List<ILoggingEvent> lines = log.lines().stream()
                .filter(line -> answer.status() != 200 || !line.getLoggerName().endsWith(".Retention"))
                .toList();
        if (lines.size() > 1 || lines.stream().anyMatch(line -> line.getThrowableProxy() != null)) {
            return "log lines: "
                    + lines.stream()
                            .map(line -> line.getLoggerName() + " "
                                    + line.getFormattedMessage()
                                            .lines()
                                            .findFirst()
                                            .orElse("") + " "
                                    + (line.getThrowableProxy() == null
                                            ? ""
                                            : line.getThrowableProxy().getClassName()))
                            .toList()
                            .toString()
                            .replaceAll("[0-9a-f-]{36}", "#");
        }
        if (answer.status() == 0) {
            return request.isCutShort() ? "" : "no answer";
        }
        return faultIn(answer, request.method.equals("HEAD"));
    }

    private String faultIn(RawHttp.Answer answer, boolean withoutBody) throws IOException {
        if (answer.status() >= 500) {
            return "status " + answer.status();
        }
        if (answer.status() < 400 || withoutBody) {
            return "";
        }
        if (!answer.header("Content-Type").startsWith("application/problem+json")) {
            return answer.status() + " is of type " + answer.header("Content-Type");
        }
        JsonNode problem = json.readTree(answer.body());
        if (problem.path("status").asInt() != answer.status()
                || problem.path("title").asText().isEmpty()
                || problem.path("detail").isMissingNode()) {
            return "no problem details: " + answer.body();
        }
        if (JAVA_NAME.matcher(answer.body()).find()) {
            return "Java name in " + problem.path("detail");
        }
        return "";
    }

    /** One thing or several things are wrong with it. */
    private Request hostile(Called called) {
        Request request = new Request(called);
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            switch (random.nextInt(8)) {
                case 0, 1 -> request.body = bodyOf(called);
                case 2 -> request.contentType = oneOf(CONTENT_TYPES);
                case 3 -> request.headers.add(oneOf(HEADERS));
                case 4 -> request.path = request.path + oneOf(List.of("/", "?", "#", "%", "")) + oneOf(TEXTS);
                case 5 -> request.method = oneOf(METHODS);
                case 6 -> request.mutatePath();
                default -> request.mutateQuery();
            }
        }
        return request;
    }

    private byte[] bodyOf(Called called) {
        JsonNode example = called.body();
        if (example.isMissingNode() || random.nextInt(3) == 0) {
            return oneOf(BODIES);
        }
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            example = mutated(example);
        }
        String text = example.toString();
        for (int i = 0; i < VALUES.size(); i++) {
            text = text.replace("\"@" + i + "@\"", VALUES.get(i));
        }
        return random.nextInt(10) == 0 ? text.getBytes(StandardCharsets.UTF_16LE) : utf8(text);
    }

    /** With one of the values below it replaced, by a mark that becomes the text of a hostile one. */
    private JsonNode mutated(JsonNode node) {
        if (node.isEmpty() || random.nextInt(6) == 0) {
            return TextNode.valueOf("@" + random.nextInt(VALUES.size()) + "@");
        }
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = oneOf(names);
            object.set(name, mutated(object.get(name)));
        } else if (node instanceof ArrayNode array) {
            array.set(0, mutated(array.get(0)));
        }
        return node;
    }

    private <T> T oneOf(List<T> those) {
        return those.get(random.nextInt(those.size()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Called> operations() throws IOException {
        ParseOptions options = new ParseOptions();
        options.setResolveFully(true);
        List<Called> all = new ArrayList<>();
        Resource[] contracts = new PathMatchingResourcePatternResolver().getResources("classpath*:openapi/*.yaml");
        assertThat(contracts).isNotEmpty();
        for (Resource contract : contracts) {
            OpenAPI api = new OpenAPIV3Parser()
                    .readContents(contract.getContentAsString(StandardCharsets.UTF_8), null, options)
                    .getOpenAPI();
            String base = api.getServers().get(0).getUrl().replaceFirst("/$", "");
            api.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                if (!LEFT_OUT.contains(operation.getOperationId())) {
                    all.add(new Called(method.name(), base + path, operation));
                }
            }));
        }
        return all;
    }

    /** An operation, as it is meant to be called. */
    private record Called(String method, String path, Operation operation) {

        List<Parameter> parameters(String in) {
            return operation.getParameters() == null
                    ? List.of()
                    : operation.getParameters().stream()
                            .filter(parameter -> parameter.getIn().equals(in))
                            .toList();
        }

        JsonNode body() {
            return operation.getRequestBody() == null
                    ? JsonNodeFactory.instance.missingNode()
                    : example(
                            operation
                                    .getRequestBody()
                                    .getContent()
                                    .get("application/json")
                                    .getSchema(),
                            0);
        }

        private static JsonNode example(Schema<?> schema, int depth) {
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            if (schema == null || depth > 6) {
                return nodes.nullNode();
            }
            if (schema.getExample() != null) {
                return schema.getExample() instanceof JsonNode json
                        ? json.deepCopy()
                        : JsonNodeFactory.instance.textNode(String.valueOf(schema.getExample()));
            }
            if (schema.getOneOf() != null && !schema.getOneOf().isEmpty()) {
                return example(schema.getOneOf().get(0), depth + 1);
            }
            if (schema.getProperties() != null) {
                ObjectNode object = nodes.objectNode();
                schema.getProperties().forEach((name, property) -> object.set(name, example(property, depth + 1)));
                return object;
            }
            if (schema.getItems() != null) {
                return nodes.arrayNode().add(example(schema.getItems(), depth + 1));
            }
            return "integer".equals(schema.getType()) ? nodes.numberNode(1) : nodes.textNode("x");
        }
    }

    /** What is sent, changed bit by bit. */
    private final class Request {

        private final Called called;
        private final Map<String, String> pathValues = new LinkedHashMap<>();
        private final List<String> headers = new ArrayList<>();
        private String method;
        private String path;
        private String contentType = "application/json";
        private byte[] body;

        Request(Called called) {
            this.called = called;
            this.method = called.method;
            this.body = called.body().isMissingNode()
                    ? new byte[0]
                    : utf8(called.body().toString());
            called.parameters("path")
                    .forEach(parameter -> pathValues.put(parameter.getName(), String.valueOf(parameter.getExample())));
            path = target();
            called.parameters("query").stream()
                    .filter(parameter -> Boolean.TRUE.equals(parameter.getRequired()))
                    .forEach(parameter -> addQuery(
                            parameter.getName(), URLEncoder.encode(String.valueOf(parameter.getExample()), UTF_8)));
        }

        private void addQuery(String name, String value) {
            path += (path.contains("?") ? "&" : "?") + name + "=" + value;
        }

        private String target() {
            String target = called.path;
            for (Map.Entry<String, String> value : pathValues.entrySet()) {
                target = target.replace("{" + value.getKey() + "}", value.getValue());
            }
            return target;
        }

        void mutatePath() {
            if (pathValues.isEmpty()) {
                path = path.replaceFirst("/[^/]*$", "/" + Matcher.quoteReplacement(oneOf(TEXTS)));
            } else {
                pathValues.put(oneOf(List.copyOf(pathValues.keySet())), oneOf(TEXTS));
                path = target();
            }
        }

        void mutateQuery() {
            List<Parameter> query = called.parameters("query");
            String name = query.isEmpty() ? oneOf(TEXTS) : oneOf(query).getName();
            addQuery(name, oneOf(TEXTS));
        }

        /** A client that stops in the middle of its body is not waiting for an answer. */
        boolean isCutShort() {
            return headers.contains("Content-Length: 1") || headers.contains("Content-Length: 5000000");
        }

        String head() {
            StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
            if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
                head.append("Host: 127.0.0.1\r\n");
            }
            head.append("Connection: close\r\n");
            if (!contentType.isEmpty() && body.length > 0) {
                head.append("Content-Type: ").append(contentType).append("\r\n");
            }
            if (headers.stream().noneMatch(header -> header.matches("(?s)(Content-Length|Transfer-Encoding):.*"))) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            headers.forEach(header -> head.append(header).append("\r\n"));
            return head.toString();
        }

        @Override
        public String toString() {
            String text = head().replace("\r\n", " | ") + " "
                    + new String(Arrays.copyOf(body, Math.min(body.length, 300)), StandardCharsets.ISO_8859_1);
            return text.substring(0, Math.min(600, text.length()));
        }
    }

    /** What threads that serve requests say. */
    private static final class RequestLog extends AppenderBase<ILoggingEvent> {

        private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();

        void attach() {
            start();
            root.addAppender(this);
        }

        void detach() {
            root.detachAppender(this);
            stop();
        }

        void clear() {
            lines.clear();
        }

        List<ILoggingEvent> lines() {
            return List.copyOf(lines);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getThreadName().startsWith("http-") && event.getLevel().isGreaterOrEqual(Level.INFO)) {
                lines.add(event);
            }
        }
    }
}
