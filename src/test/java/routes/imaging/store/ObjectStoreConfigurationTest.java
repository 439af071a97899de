package routes.imaging.store;

import java.net.URL;
import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;
import routes.imaging.ImagingProperties;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where the keys of Camel's S3 component lead. */
class ObjectStoreConfigurationTest {

    private static final ImagingProperties.Upload UPLOAD = new ImagingProperties.Upload(
            true,
            2,
            5,
            DataSize.ofMegabytes(100),
            DataSize.ofMegabytes(50),
            Duration.ofSeconds(120),
            "10s",
            Duration.ofDays(7));

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    @DisplayName("Without an address it is AWS: its endpoint of the region, with the bucket in the host name")
    void aws() {
        set("region", "eu-west-1");
        set("access-key", "AKIA1");
        set("secret-key", "secret");

        try (S3Client client = connection().open()) {
            assertThat(client.serviceClientConfiguration().region()).hasToString("eu-west-1");
            assertThat(client.serviceClientConfiguration().endpointOverride()).isEmpty();
        }
        assertThat(url()).hasProtocol("https").hasHost("raw-data.s3.eu-west-1.amazonaws.com");
    }

    @Test
    @DisplayName("Temporary credentials of AWS are used with their session token")
    void sessionToken() {
        set("region", "eu-west-1");
        set("access-key", "ASIA1");
        set("secret-key", "secret");
        set("session-token", "token");

        assertThat(url()).hasParameter("X-Amz-Security-Token", "token");
    }

    @Test
    @DisplayName("The SDK's own search for credentials is used where it is asked for, or nothing is said")
    void defaultCredentials() {
        assertThat(connection().credentials()).isEmpty();
        set("access-key", "AKIA1");
        assertThatThrownBy(this::connection).hasMessageContaining("secret-key is not");
        set("secret-key", "secret");
        assertThat(connection().credentials()).isPresent();
        set("use-default-credentials-provider", "true");
        assertThat(connection().credentials()).isEmpty();
    }

    @Test
    @DisplayName("The SDK looks for the region of AWS too; a store of one's own has one in any case")
    void region() {
        assertThat(connection().region()).isEmpty();
        set("uri-endpoint-override", "http://s3:9000");
        assertThat(connection().region()).contains("us-east-1");
        set("region", "nl-1");
        assertThat(connection().region()).contains("nl-1");
    }

    private S3Connection connection() {
        return ObjectStoreConfiguration.connection(environment, UPLOAD);
    }

    private URL url() {
        try (S3Presigner presigner = connection().openPresigner()) {
            return presigner
                    .presignGetObject(request -> request.signatureDuration(Duration.ofHours(1))
                            .getObjectRequest(get -> get.bucket("raw-data").key("images/a.tar")))
                    .url();
        }
    }

    private void set(String option, String value) {
        environment.setProperty("camel.component.aws2-s3." + option, value);
    }
}
