package routes.replay.protocol.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.google.protobuf.ByteString;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A stored keyframe as a body of type multipart/mixed: its metadata, then its data frames. Written without copying
 * them.
 */
public final class KeyframeMultipart {

    private static final String CRLF = "\r\n";

    private final String boundary;
    private final List<Part> parts = new ArrayList<>();

    private KeyframeMultipart(String boundary, String metadataType, ByteString metadata, List<ByteString> data) {
        this.boundary = boundary;
        parts.add(part(metadataType, "inline; name=\"metadata\"", metadata));
        for (int i = 0; i < data.size(); i++) {
            parts.add(part("application/octet-stream", "inline; name=\"data\"; index=\"" + i + "\"", data.get(i)));
        }
    }

    /** @param message the stored envelope, as it was received */
    public static KeyframeMultipart ofNative(ByteString message, List<ByteString> data) {
        return new KeyframeMultipart(randomBoundary(), "application/x-protobuf", message, data);
    }

    /** @param json of {@link KeyframeJson} */
    public static KeyframeMultipart ofJson(String json, List<ByteString> data) {
        return new KeyframeMultipart(randomBoundary(), "application/json", ByteString.copyFromUtf8(json), data);
    }

    private static String randomBoundary() {
        return "savant-frame-" + UUID.randomUUID().toString().replace("-", "");
    }

    private Part part(String type, String disposition, ByteString body) {
        String head = String.join(
                CRLF,
                "--" + boundary,
                "Content-Type: " + type,
                "Content-Disposition: " + disposition,
                "Content-Length: " + body.size(),
                "",
                "");
        return new Part(head, body);
    }

    public String contentType() {
        return "multipart/mixed; boundary=" + boundary;
    }

    /** Of the body, in bytes. */
    public long contentLength() {
        long length = end().length();
        for (Part part : parts) {
            length += part.head.length() + part.body.size() + CRLF.length();
        }
        return length;
    }

    public void writeTo(OutputStream out) throws IOException {
        for (Part part : parts) {
            out.write(part.head.getBytes(US_ASCII));
            part.body.writeTo(out);
            out.write(CRLF.getBytes(US_ASCII));
        }
        out.write(end().getBytes(US_ASCII));
    }

    private String end() {
        return "--" + boundary + "--" + CRLF;
    }

    private record Part(String head, ByteString body) {}
}
