package routes.imaging;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The S3 client of the uploads and the signer of the download URLs, from the keys of Camel's own S3 component, so
 * that a site has one place for its address and credentials.
 */
@Configuration
class ObjectStoreConfiguration {

    private static final String S3 = "camel.component.aws2-s3.";

    @Bean
    S3Connection s3Connection(Environment environment, ImagingProperties imaging) {
        ImagingProperties.Upload upload = imaging.upload();
        return new S3Connection(
                text(environment, "uri-endpoint-override").map(URI::create),
                text(environment, "region").orElse("us-east-1"),
                text(environment, "access-key")
                        .map(key -> AwsBasicCredentials.create(
                                key, text(environment, "secret-key").orElse(""))),
                environment.getProperty(S3 + "force-path-style", Boolean.class, false),
                upload.jobs() * (upload.maxConcurrency() + 1),
                upload.stallLimit());
    }

    @Bean(destroyMethod = "close")
    S3Client s3Client(S3Connection connection) {
        return connection.open();
    }

    @Bean(destroyMethod = "close")
    S3Presigner s3Presigner(S3Connection connection) {
        return connection.openPresigner();
    }

    @Bean
    ObjectStore objectStore(S3Client s3, ImagingProperties imaging) {
        return new ObjectStore(s3, imaging.bucket());
    }

    @Bean
    DownloadUrls downloadUrls(S3Presigner presigner, ImagingProperties imaging) {
        return new PresignedUrls(presigner, imaging.api().presignExpiry());
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
        return new TarUploader(store, new LocalKeyClaims(), settings, clock);
    }

    @Bean
    EventUploads eventUploads(
            SystemShares shares,
            StagingArea staging,
            ObjectStore store,
            TarUploader uploader,
            ObjectMapper json,
            Clock clock) {
        return new EventUploads(shares, staging, store, uploader, json, clock);
    }

    private static Optional<String> text(Environment environment, String option) {
        return Optional.ofNullable(environment.getProperty(S3 + option)).filter(StringUtils::hasText);
    }
}
