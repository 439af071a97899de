package routes.component.zeromq.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.zeromq.ZEvent.ZEventConsummer;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/** One JeroMQ socket from opening to closing. Everything but {@link #wakeUp()} is for the thread that opened it. */
final class OpenSocket implements AutoCloseable {

    /** What became of an attempt to send. */
    enum Sending {
        SENT,
        /** No room at the moment, or no peer. */
        FULL,
        /** For some subscribers; another was at its high-water mark. */
        SENT_TO_SOME,
        UNROUTABLE
    }

    private static final String LOOPBACK = "tcp://127.0.0.1:";

    private final SocketSettings settings;
    private final Executor relayThreads;
    private final List<IpcRelay> relays = new ArrayList<>();
    private final ZMQ.Socket socket;
    private final Optional<FullSubscribers> missing;
    private final Selector selector;

    /** @throws ZMQException an address cannot be bound, or an option is wrong */
    OpenSocket(
            ZMQ.Context context,
            SocketSettings settings,
            String zapDomain,
            ZEventConsummer events,
            Executor relayThreads) {
        this.settings = settings;
        this.relayThreads = relayThreads;
        this.selector = openSelector();
        this.socket = context.socket(settings.type().jeromq());
        this.missing = leavesOutFullPeers() ? FullSubscribers.of(socket) : Optional.empty();
        try {
            socket.setEventHook(events, ZMQ.EVENT_ALL);
            settings.applyTo(socket);
            if (settings.curve().server()) {
                socket.setZAPDomain(zapDomain);
            }
            socket.base().getFD().register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Binds or connects, and returns the addresses as ZeroMQ understood them: with the port, if it chose one. */
    List<String> attach() {
        List<String> endpoints = new ArrayList<>();
        for (String address : settings.addresses()) {
            if (IpcRelay.concerns(address)) {
                relay(address);
                endpoints.add(address);
            } else {
                attach(address);
                endpoints.add(Optional.ofNullable(socket.getLastEndpoint()).orElse(address));
            }
        }
        return endpoints;
    }

    private void attach(String address) {
        boolean done = settings.mode() == ZeroMqMode.bind ? socket.bind(address) : socket.connect(address);
        if (!done) {
            throw new ZeroMqException("cannot " + settings.mode() + " " + address + ": "
                    + ZMQ.Error.findByCode(socket.errno()).getMessage());
        }
    }

    private void relay(String address) {
        try {
            if (settings.mode() == ZeroMqMode.bind) {
                attach(LOOPBACK + "0");
                String bound = socket.getLastEndpoint();
                int port = Integer.parseInt(bound.substring(bound.lastIndexOf(':') + 1));
                relays.add(IpcRelay.bind(address, settings.ipcPermissions(), port, relayThreads));
            } else {
                IpcRelay relay = IpcRelay.connect(address, relayThreads);
                relays.add(relay);
                attach(LOOPBACK + relay.port());
            }
        } catch (IOException e) {
            throw new ZeroMqException("cannot " + settings.mode() + " " + address + ": " + e.getMessage(), e);
        }
    }

    /** Hands over all frames or none. */
    Sending send(List<byte[]> frames) {
        try {
            if (sendFrames(frames)) {
                return missing.isPresent() && missing.get().any() ? Sending.SENT_TO_SOME : Sending.SENT;
            }
        } catch (ZMQException e) {
            if (e.getErrorCode() == ZError.EHOSTUNREACH) {
                return Sending.UNROUTABLE;
            }
            throw e;
        }
        return leavesOutFullPeers() ? sendToOthers(frames) : Sending.FULL;
    }

    /** The next message, if there is one. */
    Optional<List<byte[]>> receive() {
        byte[] first = socket.recv(ZMQ.DONTWAIT);
        if (first == null) {
            return Optional.empty();
        }
        List<byte[]> frames = new ArrayList<>(4);
        frames.add(first);
        while (socket.hasReceiveMore()) {
            byte[] frame = socket.recv(ZMQ.DONTWAIT);
            if (frame == null) {
                throw new IllegalStateException("A message of " + settings.name() + " ended early");
            }
            frames.add(frame);
        }
        return Optional.of(frames);
    }

    /** Waits until one of the wanted events can have happened. It need not have. */
    void await(boolean readable, boolean writable, long millis) {
        int wanted = (readable ? ZMQ.Poller.POLLIN : 0) | (writable ? ZMQ.Poller.POLLOUT : 0);
        if ((socket.getEvents() & wanted) == 0) {
            try {
                selector.select(millis);
                selector.selectedKeys().clear();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** For any thread: ends the waiting, or the next one if nobody waits. */
    void wakeUp() {
        selector.wakeup();
    }

    /** What was accepted leaves within the linger time, in the background. */
    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            socket.close();
            relays.forEach(IpcRelay::close);
        }
    }

    private boolean sendFrames(List<byte[]> frames) {
        int last = frames.size() - 1;
        for (int i = 0; i <= last; i++) {
            if (!socket.send(frames.get(i), ZMQ.DONTWAIT | (i < last ? ZMQ.SNDMORE : 0))) {
                if (i > 0) {
                    throw new IllegalStateException("A message of " + settings.name() + " was cut by its peer's end");
                }
                return false;
            }
        }
        return true;
    }

    private boolean leavesOutFullPeers() {
        return !settings.noDrop()
                && (settings.type() == ZeroMqSocketType.PUB || settings.type() == ZeroMqSocketType.XPUB);
    }

    /**
     * The socket itself would leave out full subscribers silently. So it is kept from doing that, and is allowed to only
     * for a message that is known to miss a subscriber.
     */
    private Sending sendToOthers(List<byte[]> frames) {
        socket.setXpubNoDrop(false);
        try {
            sendFrames(frames);
        } finally {
            socket.setXpubNoDrop(true);
        }
        return Sending.SENT_TO_SOME;
    }

    private static Selector openSelector() {
        try {
            return Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
