package routes.imaging.store;

/** Makes URLs from which anybody can download one object for a limited time. */
public interface DownloadUrls {

    /** @param key with the bucket as first segment, as the database holds it */
    String of(String key);
}
