package routes.imaging.store;

/**
 * A tar that is in the store, verified.
 *
 * @param bucket the bucket
 * @param key key without the bucket
 * @param size bytes
 * @param sha256 checksum of all bytes, 64 hexadecimal digits, lower case
 * @param alreadyThere whether an earlier delivery had stored it and nothing was sent
 */
record UploadedTar(String bucket, String key, long size, String sha256, boolean alreadyThere) {

    /** The key as the notification and the database spell it: the bucket comes first. */
    String bucketAndKey() {
        return bucket + "/" + key;
    }
}
