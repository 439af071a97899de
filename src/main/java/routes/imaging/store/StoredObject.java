package routes.imaging.store;

import java.util.Optional;
import java.util.UUID;

import routes.imaging.tar.TarDigest;

/**
 * What a HEAD shows of an object.
 *
 * @param key its key, without the bucket
 * @param size its length in bytes
 * @param etag its version as the store names it
 * @param refId the event it belongs to; empty when it was not stored by us
 * @param sha256 checksum its uploader computed, 64 hexadecimal digits
 */
record StoredObject(String key, long size, String etag, Optional<UUID> refId, Optional<String> sha256) {

    boolean belongsTo(UUID event) {
        return refId.filter(event::equals).isPresent();
    }

    boolean holds(TarDigest digest) {
        return size == digest.length() && sha256.filter(digest.sha256()::equals).isPresent();
    }
}
