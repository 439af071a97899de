package routes.replay.job.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.replay.job.JobDefinition;
import routes.replay.socket.SocketUrl;
import routes.replay.socket.WriterType;

/**
 * Decides which addresses jobs may send to. Jobs come over HTTP, and whoever may create one must not be able to open ports to
 * the network or to put sockets anywhere in the file system.
 */
final class SinkAddresses {

    /**
     * Addresses that are certainly of this machine. Other names are not looked up, since they may mean something else by the
     * time the socket is bound.
     */
    private static final Pattern LOOPBACK = Pattern.compile(
            "tcp://(?:localhost|127(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}):[^:]+", Pattern.CASE_INSENSITIVE);

    private static final String IPC = "ipc://";

    private final Path ipcDirectory;
    private final boolean loopbackOnly;

    /**
     * @param ipcDirectory the folder that the sockets of sinks must be in
     * @param loopbackOnly whether sinks must not bind addresses that other machines can reach
     */
    SinkAddresses(Path ipcDirectory, boolean loopbackOnly) {
        this.ipcDirectory = ipcDirectory.toAbsolutePath().normalize();
        this.loopbackOnly = loopbackOnly;
    }

    /** Creates the folder of the sockets, since jobs do not create folders. */
    void makeDirectory() {
        try {
            Files.createDirectories(ipcDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The folder " + ipcDirectory + " (replay.jobs.ipc-directory) cannot be created", e);
        }
    }

    /** @throws InvalidInputException the job must not send there */
    void require(JobDefinition job) {
        SocketUrl<WriterType> url = job.request().sink().url();
        Optional<String> problem = problem(url);
        if (problem.isPresent()) {
            throw new InvalidInputException(List.of(
                    new FieldProblem(List.of("body", "sink", "url"), "value_error", problem.get(), url.toString())));
        }
    }

    /** What is wrong, worded to follow the name of the field; empty when a job may send there. */
    Optional<String> problem(SocketUrl<WriterType> url) {
        if (url.isIpc()) {
            return ipcProblem(url.endpoint().substring(IPC.length()));
        }
        if (url.bind() && loopbackOnly && !LOOPBACK.matcher(url.endpoint()).matches()) {
            return Optional.of("binds " + url.endpoint()
                    + " for other machines, while this server listens on loopback only (server.address); bind 127.0.0.1"
                    + " instead, or let the job connect to its receiver");
        }
        return Optional.empty();
    }

    private Optional<String> ipcProblem(String text) {
        String where = "below " + ipcDirectory + " (replay.jobs.ipc-directory)";
        try {
            Path path = Path.of(text);
            if (!path.isAbsolute()
                    || !path.equals(path.normalize())
                    || !path.startsWith(ipcDirectory)
                    || path.equals(ipcDirectory)) {
                return Optional.of("must be an ipc path " + where + ", without . and .., is ipc://" + text);
            }
            Path folder = path.getParent();
            if (!Files.isDirectory(folder)) {
                return Optional.of("names the folder " + folder
                        + ", which does not exist; create it, since jobs create no folders, or name a path directly "
                        + where);
            }
            // The operator may have replaced the whole directory by a link, but nothing below it may lead out
            Path real = ipcDirectory.toRealPath().resolve(ipcDirectory.relativize(folder));
            if (!folder.toRealPath().equals(real) || Files.isSymbolicLink(path)) {
                return Optional.of("must not lead through symbolic links " + where + ", is ipc://" + text);
            }
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(path)) {
                return Optional.of(
                        "names " + path + ", which exists and is not a socket; choose another path " + where);
            }
            return Optional.empty();
        } catch (InvalidPathException | IOException e) {
            return Optional.of("must be an ipc path " + where + ": " + e.getMessage());
        }
    }
}
