package routes.component.zeromq.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes {@code ipc://} mean what it means to libzmq: a Unix domain socket. JeroMQ 0.6 only pretends, by TCP to a port
 * computed from the path, and meets nobody but JeroMQ there. So its socket uses a free TCP port on loopback, and the
 * bytes, which are the same on both transports, are passed on between that and the Unix socket.
 */
final class IpcRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IpcRelay.class);
    private static final String SCHEME = "ipc://";
    private static final int BUFFER_BYTES = 256 * 1024;

    /** Bits of the mode that tell the type of a file, and their value for a socket. */
    private static final int FILE_TYPE = 0170000;

    private static final int SOCKET = 0140000;

    private final ServerSocketChannel server;
    private final SocketAddress onward;
    private final Optional<Path> file;
    private final Optional<Object> fileIdentity;
    private final Executor threads;

    private IpcRelay(ServerSocketChannel server, SocketAddress onward, Optional<Path> file, Executor threads) {
        this.server = server;
        this.onward = onward;
        this.file = file;
        this.fileIdentity = file.flatMap(IpcRelay::identity);
        this.threads = threads;
    }

    static boolean concerns(String address) {
        return address.startsWith(SCHEME);
    }

    /**
     * For a socket that binds: passes connections to the Unix socket on to its port.
     *
     * @param permissions of the file, as {@code rwxrwxrwx}; without, the process's umask decides
     */
    static IpcRelay bind(String address, Optional<String> permissions, int port, Executor threads) throws IOException {
        Path path = path(address);
        prepare(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            if (permissions.isPresent()) {
                Set<PosixFilePermission> bits = PosixFilePermissions.fromString(permissions.get());
                Files.setPosixFilePermissions(path, bits);
            }
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return new IpcRelay(server, loopback(port), Optional.of(path), threads).start();
    }

    /** For a socket that connects: it may connect to {@link #port()} instead. */
    static IpcRelay connect(String address, Executor threads) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0));
        return new IpcRelay(server, UnixDomainSocketAddress.of(path(address)), Optional.empty(), threads).start();
    }

    int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Lets nobody else in. Connections end when either side does, since ZeroMQ may still be emptying its queues. */
    @Override
    public void close() {
        closeQuietly(server);
        try {
            // Meanwhile somebody else may have put something there.
            if (file.isPresent() && fileIdentity.equals(identity(file.get()))) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException e) {
            LOG.debug("The file of a Unix socket stays: {}", file, e);
        }
    }

    private IpcRelay start() {
        threads.execute(this::acceptAll);
        return this;
    }

    private void acceptAll() {
        while (server.isOpen()) {
            try {
                join(server.accept());
            } catch (IOException e) {
                LOG.debug("No connection through {}", onward, e);
            }
        }
    }

    /** With nobody at the other end it is closed at once, and ZeroMQ tries again by its own rules. */
    private void join(SocketChannel near) {
        try {
            SocketChannel far = SocketChannel.open(onward);
            threads.execute(() -> copy(near, far));
            threads.execute(() -> copy(far, near));
        } catch (IOException e) {
            closeQuietly(near);
        }
    }

    private void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            LOG.trace("A connection through {} ended", onward, e);
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    /** A socket that nobody listens at is left over from a process that died. Nothing else is ever deleted. */
    private static void prepare(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw new FileAlreadyExistsException(
                    path + " exists and is not a socket; remove it, or choose another path for the socket");
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        } catch (ConnectException nobody) {
            Files.delete(path);
            return;
        }
        throw new BindException(path + " is in use by another socket");
    }

    private static boolean isSocket(Path path) throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & FILE_TYPE) == SOCKET;
    }

    /** The inode; empty when nothing is there. */
    private static Optional<Object> identity(Path path) {
        try {
            return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path path(String address) {
        return Path.of(address.substring(SCHEME.length()));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static void closeQuietly(Closeable channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.trace("Could not close {}", channel, e);
        }
    }
}
