package routes.imaging.store;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import routes.imaging.ImagingProperties;
import routes.imaging.event.SystemShares;
import routes.imaging.event.inbox.StagingArea;
import routes.platform.ConfigurationException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The S3 client of the uploads and the signer of the download URLs, from the keys of Camel's own S3 component, so
 * that a site has one place for its address and credentials.
 */
@Configuration
class ObjectStoreConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectStoreConfiguration.class);
    private static final String S3 = "camel.component.aws2-s3.";

    @Bean
    @Lazy
    S3Connection s3Connection(Environment environment, ImagingProperties imaging) {
        S3Connection connection = connection(environment, imaging.upload());
        if (connection.endpoint().isEmpty()) {
            LOG.info(
                    "Objects go to AWS, region {}, bucket {}, since {}uri-endpoint-override is not set",
                    connection.region().orElse("of the SDK's default chain"),
                    imaging.bucket(),
                    S3);
        }
        return connection;
    }

    static S3Connection connection(Environment environment, ImagingProperties.Upload upload) {
        Optional<URI> endpoint = text(environment, "uri-endpoint-override").map(URI::create);
        Optional<String> region = text(environment, "region");
        return new S3Connection(
                endpoint,
                // A site's own store seldom has regions, but requests must be signed for one.
                endpoint.isPresent() ? region.or(() -> Optional.of("us-east-1")) : region,
                credentials(environment),
                environment.getProperty(S3 + "force-path-style", Boolean.class, false),
                upload.jobs() * (upload.maxConcurrency() + 1),
                upload.stallLimit());
    }

    private static Optional<AwsCredentials> credentials(Environment environment) {
        if (environment.getProperty(S3 + "use-default-credentials-provider", Boolean.class, false)) {
            return Optional.empty();
        }
        return text(environment, "access-key").map(key -> credentials(environment, key));
    }

    private static AwsCredentials credentials(Environment environment, String key) {
        String secret = text(environment, "secret-key")
                .orElseThrow(() -> new ConfigurationException(
                        S3 + "access-key is set, and " + S3 + "secret-key is not.",
                        "Set both, or " + S3 + "use-default-credentials-provider=true to use what the AWS SDK finds."));
        return text(environment, "session-token")
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(key, secret, token))
                .orElseGet(() -> AwsBasicCredentials.create(key, secret));
    }

    @Bean(destroyMethod = "close")
    @Lazy
    S3Client s3Client(S3Connection connection) {
        return connection.open();
    }

    @Bean(destroyMethod = "close")
    @Lazy
    S3Presigner s3Presigner(S3Connection connection) {
        return connection.openPresigner();
    }

    /** A process that uses the store fails at start when its address is wrong; others need no address. */
    @Bean
    SmartInitializingSingleton openedObjectStore(
            ObjectProvider<S3Client> s3, ObjectProvider<S3Presigner> presigner, ImagingProperties imaging) {
        return () -> {
            if (imaging.upload().enabled() || imaging.api().enabled()) {
                s3.getObject();
                presigner.getObject();
            }
        };
    }

    @Bean
    ObjectStore objectStore(@Lazy S3Client s3, ImagingProperties imaging) {
        return new ObjectStore(s3, imaging.bucket());
    }

    @Bean
    DownloadUrls downloadUrls(@Lazy S3Presigner presigner, ImagingProperties imaging) {
        return new DownloadUrls(presigner, imaging.api().presignExpiry());
    }

    @Bean
    ObjectCheck objectCheck(ObjectStore store) {
        return new ObjectCheck(store);
    }

    @Bean(destroyMethod = "close")
    TarUploader tarUploader(ObjectStore store, ImagingProperties imaging, Clock clock) {
        ImagingProperties.Upload upload = imaging.upload();
        UploadSettings settings = new UploadSettings(
                upload.multipartThreshold().toBytes(),
                upload.partSize().toBytes(),
                upload.maxConcurrency(),
                UploadSettings.DEFAULTS.completionPatience(),
                UploadSettings.DEFAULTS.staleAfter());
        return new TarUploader(store, new KeyClaims(), settings, clock);
    }

    @Bean
    EventUploads eventUploads(
            SystemShares shares,
            StagingArea staging,
            ObjectStore store,
            TarUploader uploader,
            ObjectMapper json,
            ImagingProperties imaging,
            Clock clock) {
        return new EventUploads(
                shares, staging, store, uploader, json, imaging.ingest().settle(), clock);
    }

    private static Optional<String> text(Environment environment, String option) {
        return Optional.ofNullable(environment.getProperty(S3 + option)).filter(StringUtils::hasText);
    }
}
