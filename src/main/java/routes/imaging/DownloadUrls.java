package routes.imaging;

/** Makes URLs from which anybody can download one object for a limited time. */
interface DownloadUrls {

    /** @param key with the bucket as first segment, as the database holds it */
    String of(String key);
}
