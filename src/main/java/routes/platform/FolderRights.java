package routes.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What other users may do in a folder that this process creates. */
public enum FolderRights {
    /** Others may pass through to folders inside that admit them, but cannot list this one. */
    PASSABLE("rwx--x--x"),
    /** Nobody else has access. */
    PRIVATE("rwx------");

    private final Set<PosixFilePermission> permissions;

    FolderRights(String permissions) {
        this.permissions = PosixFilePermissions.fromString(permissions);
    }

    /**
     * Creates the folder where it is missing. An existing private folder loses the rights of others; an existing
     * passable one keeps its rights.
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
