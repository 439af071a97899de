package routes.component.zeromq.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Messages between a socket and the end of the route, bounded in number and bytes. At the bound the socket is not
 * read, and ZeroMQ holds its peers back. Since a message's size is known only when it is read, one may exceed the
 * bound of bytes.
 */
public final class Inbox {

    private final int maxMessages;
    private final long maxBytes;
    private final Runnable roomAgain;
    private final Consumer<Exception> troubled;
    private final BlockingQueue<List<byte[]>> waiting = new LinkedBlockingQueue<>();
    private int messages;
    private long bytes;
    private boolean open = true;

    /**
     * @param roomAgain told when the inbox was full, or shut, and takes messages again
     * @param troubled told when the socket failed, or could not be opened; it will be opened again
     */
    public Inbox(int maxMessages, long maxBytes, Runnable roomAgain, Consumer<Exception> troubled) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.roomAgain = roomAgain;
        this.troubled = troubled;
    }

    synchronized boolean hasRoom() {
        return open && messages < maxMessages && bytes < maxBytes;
    }

    void add(List<byte[]> frames) {
        synchronized (this) {
            messages++;
            bytes += Outgoing.bytes(frames);
        }
        waiting.add(frames);
    }

    void report(Exception trouble) {
        troubled.accept(trouble);
    }

    /** The messages that are here, at most so many, once there is one; none when the time is over. */
    public List<List<byte[]>> next(int most, long millis) throws InterruptedException {
        List<byte[]> first = waiting.poll(millis, TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        List<List<byte[]>> next = new ArrayList<>();
        next.add(first);
        waiting.drainTo(next, most - 1);
        return next;
    }

    /** The route is done with these. */
    public void done(List<List<byte[]>> processed) {
        boolean freed;
        synchronized (this) {
            boolean hadRoom = hasRoom();
            messages -= processed.size();
            bytes -= processed.stream().mapToLong(Outgoing::bytes).sum();
            freed = !hadRoom && hasRoom();
        }
        if (freed) {
            roomAgain.run();
        }
    }

    /** Takes nothing more, while the route goes on with what is here. */
    public synchronized void shut() {
        open = false;
    }

    public void reopen() {
        synchronized (this) {
            open = true;
        }
        roomAgain.run();
    }

    /** Not yet handed to the route. */
    public int waiting() {
        return waiting.size();
    }

    /** Waiting or being processed. */
    public synchronized int messages() {
        return messages;
    }

    public synchronized long bytes() {
        return bytes;
    }
}
