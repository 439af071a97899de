package routes.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

import static org.assertj.core.api.Assertions.assertThat;

/** On the files of a real S3Proxy, from which one is taken as a kill at the wrong moment leaves them. */
class LostUploadsTest {

    private static final String BUCKET = S3Server.BUCKET;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"flat.tar", "images/exp-1/20240201/093000.tar"})
    @DisplayName("an upload that the server lists and does not know is gone after a start, with its parts")
    void listed(String key) throws Exception {
        String upload = begin(key);
        Files.delete(bucket().resolve(".s3proxy-mpu-stub-" + upload));

        assertThat(uploadsAfterStart()).isEmpty();
        assertThat(filesOf(upload)).isEmpty();
    }

    @Test
    @DisplayName("what the server knows and does not list goes as well")
    void known() throws Exception {
        String upload = begin("flat.tar");
        for (Path file : filesOf(upload)) {
            if (file.getFileName().toString().startsWith(".mpus-")) {
                Files.delete(file);
            }
        }

        assertThat(uploadsAfterStart()).isEmpty();
        assertThat(filesOf(upload)).isEmpty();
    }

    @Test
    @DisplayName("one that is under way can be completed after a restart")
    void underWay() throws Exception {
        String upload = begin("images/a.tar");

        assertThat(uploadsAfterStart()).containsExactly(upload);
        try (RunningServer running = new RunningServer()) {
            String etag = running.s3
                    .uploadPart(
                            piece -> piece.bucket(BUCKET)
                                    .key("images/a.tar")
                                    .uploadId(upload)
                                    .partNumber(1),
                            RequestBody.fromString("again"))
                    .eTag();
            CompletedPart part =
                    CompletedPart.builder().partNumber(1).eTag(etag).build();
            running.s3.completeMultipartUpload(complete -> complete.bucket(BUCKET)
                    .key("images/a.tar")
                    .uploadId(upload)
                    .multipartUpload(parts -> parts.parts(part)));
            assertThat(running.s3
                            .getObjectAsBytes(get -> get.bucket(BUCKET).key("images/a.tar"))
                            .asUtf8String())
                    .isEqualTo("again");
        }
    }

    private String begin(String key) throws Exception {
        try (RunningServer running = new RunningServer()) {
            String upload = running.s3
                    .createMultipartUpload(create -> create.bucket(BUCKET).key(key))
                    .uploadId();
            running.s3.uploadPart(
                    part -> part.bucket(BUCKET).key(key).uploadId(upload).partNumber(1),
                    RequestBody.fromString("part"));
            return upload;
        }
    }

    private List<String> uploadsAfterStart() throws Exception {
        try (RunningServer running = new RunningServer()) {
            return running.s3.listMultipartUploads(list -> list.bucket(BUCKET)).uploads().stream()
                    .map(MultipartUpload::uploadId)
                    .toList();
        }
    }

    private List<Path> filesOf(String upload) throws IOException {
        try (Stream<Path> files = Files.walk(bucket())) {
            return files.filter(file -> file.getFileName().toString().contains(upload))
                    .toList();
        }
    }

    private Path bucket() {
        return folder.resolve(BUCKET);
    }

    private final class RunningServer implements AutoCloseable {

        private final S3Server server = new S3Server(folder, LoopbackPort.free());
        private final S3Client s3;

        RunningServer() throws Exception {
            server.start();
            s3 = S3ServerTest.client(server);
        }

        @Override
        public void close() throws IOException {
            s3.close();
            try {
                server.stop();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
