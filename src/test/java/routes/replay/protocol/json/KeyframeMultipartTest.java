package routes.replay.protocol.json;

import java.io.ByteArrayOutputStream;
import java.util.List;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

class KeyframeMultipartTest {

    @Test
    @DisplayName("RP59 RP60 the stored message and its data frames, byte for byte")
    void nativeParts() throws Exception {
        KeyframeMultipart multipart = KeyframeMultipart.ofNative(
                ByteString.copyFromUtf8("stored"), List.of(ByteString.copyFromUtf8("one"), ByteString.EMPTY));

        assertThat(multipart.contentType()).matches("multipart/mixed; boundary=savant-frame-[0-9a-f]{32}");
        String boundary = multipart.contentType().substring("multipart/mixed; boundary=".length());
        assertThat(body(multipart))
                .isEqualTo(
                        """
                --BOUNDARY
                Content-Type: application/x-protobuf
                Content-Disposition: inline; name="metadata"
                Content-Length: 6

                stored
                --BOUNDARY
                Content-Type: application/octet-stream
                Content-Disposition: inline; name="data"; index="0"
                Content-Length: 3

                one
                --BOUNDARY
                Content-Type: application/octet-stream
                Content-Disposition: inline; name="data"; index="1"
                Content-Length: 0


                --BOUNDARY--
                """
                                .replace("\n", "\r\n")
                                .replace("BOUNDARY", boundary));
    }

    @Test
    @DisplayName("RP60 metadata as JSON, its length in bytes; without data frames it is the only part")
    void jsonPart() throws Exception {
        String body = body(KeyframeMultipart.ofJson("{\"ä\":1}", List.of()));

        assertThat(body).contains("Content-Type: application/json\r\n", "Content-Length: 8\r\n");
        assertThat(body).doesNotContain("octet-stream");
    }

    private static String body(KeyframeMultipart multipart) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        multipart.writeTo(out);
        assertThat(out.size()).isEqualTo(multipart.contentLength());
        return out.toString(ISO_8859_1);
    }
}
