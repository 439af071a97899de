package routes.component.zeromq;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Messages between a socket and the end of the route, bounded in number and bytes. At the bound the socket is not
 * read, and ZeroMQ holds its peers back. Since a message's size is known only when it is read, one may exceed the
 * bound of bytes.
 */
final class Inbox {

    private final int maxMessages;
    private final long maxBytes;
    private final Runnable roomAgain;
    private final BlockingQueue<List<byte[]>> waiting = new LinkedBlockingQueue<>();
    private int messages;
    private long bytes;
    private boolean open = true;

    /** @param roomAgain told when the inbox was full, or shut, and takes messages again */
    Inbox(int maxMessages, long maxBytes, Runnable roomAgain) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.roomAgain = roomAgain;
    }

    synchronized boolean hasRoom() {
        return open && messages < maxMessages && bytes < maxBytes;
    }

    void add(List<byte[]> frames) {
        synchronized (this) {
            messages++;
            bytes += ZeroMqFrames.bytes(frames);
        }
        waiting.add(frames);
    }

    Optional<List<byte[]>> next(long millis) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(millis, TimeUnit.MILLISECONDS));
    }

    /** The route is done with a message. */
    void done(List<byte[]> frames) {
        boolean freed;
        synchronized (this) {
            boolean hadRoom = hasRoom();
            messages--;
            bytes -= ZeroMqFrames.bytes(frames);
            freed = !hadRoom && hasRoom();
        }
        if (freed) {
            roomAgain.run();
        }
    }

    /** Takes nothing more, while the route goes on with what is here. */
    synchronized void shut() {
        open = false;
    }

    void reopen() {
        synchronized (this) {
            open = true;
        }
        roomAgain.run();
    }

    /** Not yet handed to the route. */
    int waiting() {
        return waiting.size();
    }

    /** Waiting or being processed. */
    synchronized int messages() {
        return messages;
    }

    synchronized long bytes() {
        return bytes;
    }
}
