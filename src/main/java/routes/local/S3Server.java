package routes.local;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobProviderMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.filesystem.reference.FilesystemConstants;
import org.jclouds.logging.slf4j.config.SLF4JLoggingModule;
import org.jspecify.annotations.Nullable;

/** S3Proxy in this JVM: buckets are folders, objects are files, and their metadata are extended attributes. */
final class S3Server implements LocalServer {

    static final String ACCESS_KEY = "local";
    static final String SECRET_KEY = "locallocal";
    static final String BUCKET = "raw-data";

    private static final int THREADS = 32;

    private final Path folder;
    private final int port;
    private @Nullable BlobStoreContext storage;
    private @Nullable S3Proxy proxy;

    S3Server(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    @Override
    public LocalService service() {
        return LocalService.S3;
    }

    @Override
    public String address() {
        return "http://%s:%d".formatted(LoopbackPort.HOST, port);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, Object> clientProperties() {
        return Map.of(
                "camel.component.aws2-s3.uri-endpoint-override",
                address(),
                "camel.component.aws2-s3.override-endpoint",
                true,
                "camel.component.aws2-s3.force-path-style",
                true,
                "camel.component.aws2-s3.region",
                "us-east-1",
                "camel.component.aws2-s3.access-key",
                ACCESS_KEY,
                "camel.component.aws2-s3.secret-key",
                SECRET_KEY);
    }

    @Override
    public synchronized void start() throws Exception {
        LoopbackPort.requireFree(port, service());
        Files.createDirectories(folder);
        new InterruptedPuts(folder).remove();
        new LostUploads(folder).remove();
        storage = openStorage();
        storage.getBlobStore().createContainerInLocation(null, BUCKET);
        proxy = S3Proxy.builder()
                .endpoint(URI.create(address()))
                .blobStore(new FullDiskAnswers(storage.getBlobStore()))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .jettyMaxThreads(THREADS)
                .ignoreUnknownHeaders(true)
                .build();
        proxy.start();
    }

    /** Uses the provider's class, because a search by its name loads the clouds that we leave out. */
    private BlobStoreContext openStorage() {
        Properties settings = new Properties();
        settings.setProperty(FilesystemConstants.PROPERTY_BASEDIR, folder.toString());
        return ContextBuilder.newBuilder(new FilesystemNio2BlobProviderMetadata())
                .credentials(ACCESS_KEY, SECRET_KEY)
                .overrides(settings)
                .modules(List.of(new SLF4JLoggingModule()))
                .build(BlobStoreContext.class);
    }

    @Override
    public synchronized void stop() throws Exception {
        if (proxy != null) {
            proxy.stop();
        }
        if (storage != null) {
            storage.close();
        }
    }
}
