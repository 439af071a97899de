package routes.platform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends the bytes of a request as they are, also those that a client would refuse to send. */
public final class RawHttp {

    private static final int PATIENCE_MS = 30_000;

    private RawHttp() {}

    /**
     * @param status 0 when the server closed the connection without an answer
     * @param headers by lower-case name
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** @param head request line and headers, each ended by CR LF, without the empty line; ISO 8859-1 */
    public static Answer send(int port, String head, byte[] body) {
        byte[] start = (head + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(start);
        request.writeBytes(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            send(socket, request.toByteArray());
            return parse(readAll(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(head.lines().findFirst().orElse(""), e);
        }
    }

    /** Who refuses a request may close the connection before all of it is sent. */
    private static void send(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            // So that a server that waits for more learns that nothing comes
            socket.shutdownOutput();
        } catch (IOException e) {
            // The answer tells.
        }
    }

    private static byte[] readAll(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all.write(buffer, 0, read);
            }
        } catch (SocketException e) {
            // Reset because of what the server did not read; what it answered before is here.
        }
        return all.toByteArray();
    }

    private static Answer parse(byte[] received) {
        String text = new String(received, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(0, Map.of(), text);
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
        }
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        String body = text.substring(end + 4);
        if (status < 200) {
            return parse(body.getBytes(StandardCharsets.ISO_8859_1));
        }
        String whole = "chunked".equals(headers.get("transfer-encoding")) ? joined(body) : body;
        return new Answer(
                status, headers, new String(whole.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static String joined(String chunks) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        for (int line = chunks.indexOf("\r\n"); line >= 0; line = chunks.indexOf("\r\n", at)) {
            int size = Integer.parseInt(chunks.substring(at, line), 16);
            whole.append(chunks, line + 2, Math.min(line + 2 + size, chunks.length()));
            at = Math.min(line + 2 + size + 2, chunks.length());
        }
        return whole.toString();
    }
}
