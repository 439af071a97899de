package routes.imaging;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import routes.imaging.store.S3Connection;
import routes.platform.FreePort;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;

/** The services Caravan starts itself, on ports that stay the same over restarts. They end with it. */
final class LocalOnes implements Services {

    private final int redisPort = FreePort.any();
    private final int s3Port = FreePort.any();

    @Override
    public List<String> settings() {
        return List.of("--caravan.local.redis.port=" + redisPort, "--caravan.local.s3.port=" + s3Port);
    }

    @Override
    public String redisUrl() {
        return "redis://127.0.0.1:" + redisPort;
    }

    int redisPort() {
        return redisPort;
    }

    @Override
    public S3Client openS3() {
        return new S3Connection(
                        Optional.of(URI.create("http://127.0.0.1:" + s3Port)),
                        Optional.of("us-east-1"),
                        Optional.of(AwsBasicCredentials.create("local", "locallocal")),
                        true,
                        10,
                        Duration.ofSeconds(30))
                .open();
    }
}
