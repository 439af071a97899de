package routes.imaging.tar;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The SHA-256 of a tar, and a CRC-32C of each of its parts.
 *
 * <p>S3 takes an object's metadata before its first byte, and changes it afterwards only by copying the object. As
 * the checksum is part of the metadata, the tar is read twice: once here, in order, and once while it is sent, in
 * parallel parts and from the page cache. What is sent must be what was hashed, so each part's CRC is compared while
 * it is sent, on every attempt: that finds a rewrite that left size and time alone, and costs next to nothing, since
 * processors compute CRC-32C at memory speed.
 */
public final class TarDigest {

    /** Up to this length an MD5 is computed as well: enough for the many small tars, too little to take time. */
    static final int SMALL = 64 * 1024;

    private static final int BUFFER = 256 * 1024;

    private final String sha256;
    private final Optional<String> md5;
    private final long length;
    private final long partSize;
    private final int[] partCrcs;

    private TarDigest(String sha256, Optional<String> md5, long length, long partSize, int[] partCrcs) {
        this.sha256 = sha256;
        this.md5 = md5;
        this.length = length;
        this.partSize = partSize;
        this.partCrcs = partCrcs;
    }

    /** Reads the whole tar once. */
    public static TarDigest of(TarLayout layout, long partSize) throws IOException {
        MessageDigest sha256 = digest("SHA-256");
        MessageDigest md5 = digest("MD5");
        boolean small = layout.length() <= SMALL;
        int[] partCrcs = new int[Math.toIntExact(TarLayout.roundUp(layout.length(), partSize) / partSize)];
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[(int) Math.min(BUFFER, layout.length())];
        try (InputStream tar = layout.openRange(0, layout.length())) {
            for (int part = 0; part < partCrcs.length; part++) {
                long left = Math.min(partSize, layout.length() - part * partSize);
                crc.reset();
                while (left > 0) {
                    int count = tar.read(buffer, 0, (int) Math.min(buffer.length, left));
                    sha256.update(buffer, 0, count);
                    crc.update(buffer, 0, count);
                    if (small) {
                        md5.update(buffer, 0, count);
                    }
                    left -= count;
                }
                partCrcs[part] = (int) crc.getValue();
            }
            tar.read();
        }
        return new TarDigest(
                hex(sha256), small ? Optional.of(hex(md5)) : Optional.empty(), layout.length(), partSize, partCrcs);
    }

    /** 64 hexadecimal digits, lower case. */
    public String sha256() {
        return sha256;
    }

    /** Whether an answer's entity tag is the MD5 of this tar, which proves that every byte of it was stored. */
    public boolean isProvenBy(String etag) {
        return md5.filter(etag.replace("\"", "")::equals).isPresent();
    }

    public boolean isSmall() {
        return length <= SMALL;
    }

    public long length() {
        return length;
    }

    public int parts() {
        return partCrcs.length;
    }

    public long partOffset(int part) {
        return part * partSize;
    }

    public long partLength(int part) {
        return Math.min(partSize, length - partOffset(part));
    }

    public int partCrc(int part) {
        return partCrcs[part];
    }

    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    public static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no " + algorithm, missing);
        }
    }
}
