package routes.imaging.store;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * How to reach the store, and its client: it connects within 5 s, expects an answer within 15 s, makes five attempts
 * for each request with back-off, and sends checksums only where S3 demands them (other stores refuse the newer
 * ones).
 *
 * @param endpoint address of a store that is not AWS; empty for AWS, whose address follows from the region
 * @param region region that signs the requests; empty for AWS to look where the SDK does (environment, profile,
 *     instance)
 * @param credentials key and secret; empty for the SDK's own search (environment, profile, container, instance)
 * @param pathStyle whether the bucket stands in the path instead of the host name
 * @param maxConnections connections at once; at least uploads times parts
 * @param stallLimit time after which a request that moves no byte is given up
 */
public record S3Connection(
        Optional<URI> endpoint,
        Optional<String> region,
        Optional<AwsCredentials> credentials,
        boolean pathStyle,
        int maxConnections,
        Duration stallLimit) {

    static final Duration DEFAULT_STALL_LIMIT = Duration.ofSeconds(120);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 5;

    /** A new client; whoever opens it closes it. */
    public S3Client open() {
        return open(openHttp());
    }

    public S3Client open(SdkHttpClient http) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http)
                .credentialsProvider(credentialsProvider())
                .forcePathStyle(pathStyle)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()));
        region.map(Region::of).ifPresent(builder::region);
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** Signs URLs for the same store without contacting it. */
    S3Presigner openPresigner() {
        S3Presigner.Builder builder = S3Presigner.builder()
                .credentialsProvider(credentialsProvider())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
                        .build());
        region.map(Region::of).ifPresent(builder::region);
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    public SdkHttpClient openHttp() {
        return new InterruptibleHttpClient(new StoreHttpClient(CONNECT, READ, maxConnections), stallLimit);
    }

    private AwsCredentialsProvider credentialsProvider() {
        return credentials
                .<AwsCredentialsProvider>map(StaticCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }
}
