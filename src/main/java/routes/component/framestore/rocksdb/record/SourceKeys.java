package routes.component.framestore.rocksdb.record;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The keys of one source. All begin with the MD5 of its id, 16 bytes whatever the id, so that a scan stays inside
 * the source and the store can filter by prefix; behind it numbers that sort as bytes.
 */
public final class SourceKeys {

    public static final int PREFIX_LENGTH = 16;

    private final byte[] prefix;

    public SourceKeys(String sourceId) {
        this.prefix = md5(sourceId.getBytes(StandardCharsets.UTF_8));
    }

    /** Key of the source itself, and the first of all its keys. */
    public byte[] prefix() {
        return prefix.clone();
    }

    /** Key of an entry in the log, and of a block in the list of blocks. */
    public byte[] index(long index) {
        return key().number(index).toBytes();
    }

    public byte[] keyframe(UUID uuid) {
        return key().number(uuid).toBytes();
    }

    /** Sorts by time, then by place in the log: two keyframes may have the same time. */
    public byte[] created(BigInteger createdNs, long index) {
        return key().number(createdNs).number(index).toBytes();
    }

    /** Sorts blocks by the arrival of their last entry. */
    public byte[] arrival(long arrivalNs, long index) {
        return key().number(arrivalNs).number(index).toBytes();
    }

    public byte[] hold(UUID id) {
        return key().number(id).toBytes();
    }

    private ByteSink key() {
        return new ByteSink(PREFIX_LENGTH + 34).raw(prefix);
    }

    private static byte[] md5(byte[] text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }
}
