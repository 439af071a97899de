package routes.replay.socket;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may use a file: the nine bits of a mode, written {@code rwxr-x---}.
 *
 * @param bits as of {@code chmod}
 */
public record FileMode(int bits) {

    private static final int HIGHEST = 8;

    /** @throws IllegalArgumentException when it is not nine such letters */
    public static FileMode parse(String text) {
        int bits = 0;
        for (PosixFilePermission permission : PosixFilePermissions.fromString(text)) {
            bits |= bit(permission);
        }
        return new FileMode(bits);
    }

    @Override
    public String toString() {
        Set<PosixFilePermission> set = EnumSet.allOf(PosixFilePermission.class);
        set.removeIf(permission -> (bits & bit(permission)) == 0);
        return PosixFilePermissions.toString(set);
    }

    /** The constants stand in the order of the letters. */
    private static int bit(PosixFilePermission permission) {
        return 1 << HIGHEST - permission.ordinal();
    }
}
