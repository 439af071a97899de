package routes.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who besides the user of this process may do what in a folder that it makes. */
public enum FolderRights {
    /** Others may pass through to the folders in it that let them in, but not see what else there is. */
    PASSABLE("rwx--x--x"),
    /** Nobody else has anything to do there. */
    PRIVATE("rwx------");

    private final Set<PosixFilePermission> permissions;

    FolderRights(String permissions) {
        this.permissions = PosixFilePermissions.fromString(permissions);
    }

    /**
     * Makes the folder where it is missing. A private one that is there already loses what others could do in it; a
     * passable one keeps the rights that somebody gave it.
     */
    public void make(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder);
        } else if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(permissions));
        } else if (this == PRIVATE && !Files.getPosixFilePermissions(folder).equals(permissions)) {
            Files.setPosixFilePermissions(folder, permissions);
        }
    }
}
