package routes.imaging;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.springframework.util.FileSystemUtils;
import routes.imaging.store.S3Connection;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 server on a free port of loopback, with an empty bucket. */
public final class TestStore implements AutoCloseable {

    public static final String BUCKET = "raw-data";
    private static final AwsBasicCredentials CREDENTIALS = AwsBasicCredentials.create("local", "locallocal");

    private final Path directory;
    private final BlobStoreContext context;
    private final S3Client client;
    private final int port;
    private S3Proxy server;

    public TestStore() throws Exception {
        directory = Files.createTempDirectory("test-store");
        Properties properties = new Properties();
        properties.setProperty(
                "jclouds.filesystem.basedir", directory.toAbsolutePath().toString());
        context = ContextBuilder.newBuilder(new FilesystemNio2BlobApiMetadata())
                .credentials("", "")
                .overrides(properties)
                .build(BlobStoreContext.class);
        server = serve(0);
        port = server.getPort();
        client = connection().open();
        client.createBucket(create -> create.bucket(BUCKET));
    }

    private S3Proxy serve(int onPort) throws Exception {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(context.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:" + onPort))
                .awsAuthentication(
                        AuthenticationType.AWS_V2_OR_V4, CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey())
                .build();
        proxy.start();
        return proxy;
    }

    /** Refuses connections until {@link #resume}; the objects stay. */
    void pause() throws Exception {
        server.stop();
    }

    void resume() throws Exception {
        server = serve(port);
    }

    public S3Connection connection() {
        return connection(CREDENTIALS, Duration.ofSeconds(30));
    }

    public S3Connection connection(AwsBasicCredentials credentials, Duration stallLimit) {
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        return new S3Connection(
                Optional.of(endpoint), Optional.of("us-east-1"), Optional.of(credentials), true, 50, stallLimit);
    }

    public S3Client client() {
        return client;
    }

    public byte[] download(String key) {
        return client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArray();
    }

    public List<String> keys() {
        return client.listObjectsV2(list -> list.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .sorted()
                .toList();
    }

    public List<MultipartUpload> unfinished() {
        return client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads();
    }

    @Override
    public void close() throws IOException {
        try {
            client.close();
            server.stop();
            context.close();
        } catch (Exception failure) {
            throw new IOException(failure);
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }
}
