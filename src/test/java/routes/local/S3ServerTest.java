package routes.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What Caravan asks of an S3, seen through Amazon's client. */
class S3ServerTest {

    private static final String KEY = "images/20240115_007/20240201/093000.tar";
    private static final String BUCKET = S3Server.BUCKET;
    private static final int PART_BYTES = 5 << 20;

    @TempDir
    static Path folder;

    private static S3Server server;
    private static S3Client s3;

    @BeforeAll
    static void start() throws Exception {
        server = new S3Server(folder, LoopbackPort.free());
        server.start();
        s3 = client(server);
    }

    @AfterAll
    static void stop() throws Exception {
        s3.close();
        server.stop();
    }

    @Test
    @DisplayName("an object keeps its bytes, content type and metadata")
    void putGetHead() {
        put(KEY, "a tar");

        assertThat(get(KEY, null)).isEqualTo("a tar");
        HeadObjectResponse head = s3.headObject(b -> b.bucket(BUCKET).key(KEY));
        assertThat(head.contentType()).isEqualTo("application/x-tar");
        assertThat(head.contentLength()).isEqualTo(5);
        assertThat(head.metadata()).containsEntry("sha256", "abc").containsEntry("mode", "images");
    }

    @Test
    @DisplayName("a range is read alone")
    void getsRange() {
        put("range", "0123456789");

        assertThat(get("range", "bytes=3-5")).isEqualTo("345");
    }

    @Test
    @DisplayName("If-None-Match: * refuses to overwrite")
    void conditionalPut() {
        put("once", "first");

        assertThatThrownBy(() -> s3.putObject(
                        b -> b.bucket(BUCKET).key("once").ifNoneMatch("*"), RequestBody.fromString("second")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        assertThat(get("once", null)).isEqualTo("first");
        s3.putObject(b -> b.bucket(BUCKET).key("absent").ifNoneMatch("*"), RequestBody.fromString("new"));
        assertThat(get("absent", null)).isEqualTo("new");
    }

    @Test
    @DisplayName("parts uploaded in parallel and out of order make one object with its metadata")
    void multipart() {
        List<byte[]> parts =
                IntStream.range(0, 4).mapToObj(S3ServerTest::randomPart).toList();
        String upload = s3.createMultipartUpload(
                        b -> b.bucket(BUCKET).key("big").metadata(Map.of("sha256", "def")))
                .uploadId();
        List<CompletedPart> completed = IntStream.of(3, 1, 4, 2)
                .parallel()
                .mapToObj(number -> uploadPart("big", upload, number, parts.get(number - 1)))
                .sorted(java.util.Comparator.comparing(CompletedPart::partNumber))
                .toList();
        s3.completeMultipartUpload(
                b -> b.bucket(BUCKET).key("big").uploadId(upload).multipartUpload(m -> m.parts(completed)));

        byte[] stored = s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("big")).asByteArray();
        for (int i = 0; i < parts.size(); i++) {
            assertThat(Arrays.copyOfRange(stored, i * PART_BYTES, (i + 1) * PART_BYTES))
                    .isEqualTo(parts.get(i));
        }
        assertThat(stored).hasSize(parts.size() * PART_BYTES);
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("big")).metadata()).containsEntry("sha256", "def");
        assertThat(openUploads("big")).isEmpty();
    }

    @Test
    @DisplayName("an upload in progress is listed, and an aborted one leaves nothing")
    void abort() {
        String upload =
                s3.createMultipartUpload(b -> b.bucket(BUCKET).key("aborted/x")).uploadId();
        uploadPart("aborted/x", upload, 1, randomPart(1));

        assertThat(openUploads("aborted/x")).containsExactly(upload);
        s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("aborted/x").uploadId(upload));
        assertThat(openUploads("aborted/x")).isEmpty();
        assertThat(keys("aborted/")).isEmpty();
    }

    @Test
    @DisplayName("hundreds of objects are listed page by page, in order")
    void lists() {
        List<String> keys =
                IntStream.range(0, 250).mapToObj("many/%03d.tar"::formatted).toList();
        keys.parallelStream().forEach(key -> put(key, key));

        assertThat(keys("many/")).containsExactlyElementsOf(keys);
    }

    @Test
    @DisplayName("a presigned address needs no account; a plain one does")
    void presigned() throws Exception {
        put(KEY, "a tar");
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(URI.create(server.address()))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            URI address = presigner
                    .presignGetObject(p -> p.signatureDuration(Duration.ofHours(1))
                            .getObjectRequest(b -> b.bucket(BUCKET).key(KEY)))
                    .url()
                    .toURI();

            assertThat(fetch(address).body()).isEqualTo("a tar");
            assertThat(fetch(URI.create(server.address() + "/" + BUCKET + "/" + KEY))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    @DisplayName("objects are still there after a restart")
    void survivesRestart(@TempDir Path own) throws Exception {
        for (String expected : List.of("", "kept")) {
            S3Server restarted = new S3Server(own, LoopbackPort.free());
            restarted.start();
            try (S3Client client = client(restarted)) {
                if (expected.isEmpty()) {
                    client.putObject(b -> b.bucket(BUCKET).key(KEY), RequestBody.fromString("kept"));
                }
                assertThat(client.getObjectAsBytes(b -> b.bucket(BUCKET).key(KEY))
                                .asUtf8String())
                        .isEqualTo("kept");
            } finally {
                restarted.stop();
            }
        }
    }

    private static void put(String key, String content) {
        s3.putObject(
                b -> b.bucket(BUCKET)
                        .key(key)
                        .contentType("application/x-tar")
                        .metadata(Map.of("sha256", "abc", "mode", "images")),
                RequestBody.fromString(content));
    }

    private static String get(String key, String range) {
        return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key).range(range)).asUtf8String();
    }

    private static CompletedPart uploadPart(String key, String upload, int number, byte[] bytes) {
        String tag = s3.uploadPart(
                        b -> b.bucket(BUCKET).key(key).uploadId(upload).partNumber(number),
                        RequestBody.fromBytes(bytes))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private static byte[] randomPart(int seed) {
        byte[] bytes = new byte[PART_BYTES];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static List<String> openUploads(String key) {
        return s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads().stream()
                .filter(upload -> upload.key().equals(key))
                .map(upload -> upload.uploadId())
                .toList();
    }

    private static List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(b -> b.bucket(BUCKET).prefix(prefix).maxKeys(100)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static HttpResponse<String> fetch(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    static S3Client client(S3Server server) {
        return S3Client.builder()
                .endpointOverride(URI.create(server.address()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(credentials())
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY));
    }
}
