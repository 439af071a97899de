package routes.imaging;

import java.util.List;

import software.amazon.awssdk.services.s3.S3Client;

/** Redis, S3 and the database of a {@link CaravanSite}, as the site is told of them and as the test looks into them. */
interface Services {

    /** Command line of the site. */
    List<String> settings();

    String redisUrl();

    /** A client for the test; close it. */
    S3Client openS3();
}
