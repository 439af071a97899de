package routes.component.zeromq.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a socket: it opens it, sends, receives, and opens it again when it fails. Other threads give
 * it messages through {@link #send} and {@link #request}, and get what it receives through an {@link Inbox}.
 */
public final class SocketOwner implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketOwner.class);

    /** The socket's thread never waits longer than a second for anything. */
    private static final Duration HANGING = Duration.ofSeconds(30);

    /** Forever, in the arithmetic of nanoseconds. */
    private static final Duration ENDLESS = Duration.ofDays(10_000);

    /** Sockets that never say when they have room again are asked this often. */
    private static final long RETRY_MILLIS = 2;

    private static final long IDLE_MILLIS = 1_000;

    /** Messages sent, or received, before the other direction has its turn. */
    private static final int TURN = 64;

    private final Supplier<WatchedContext> contexts;
    private final SocketSettings settings;
    private final String zapDomain;
    private final SocketStatistics statistics;
    private final Executor relayThreads;
    private final OutgoingQueue outgoing;
    private final Deque<Outgoing> unanswered = new ArrayDeque<>(); // of the owner's thread
    private boolean owesReply; // of the owner's thread
    private Duration reopenPause; // of the owner's thread
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Inbox> inbox = new AtomicReference<>();

    private volatile @Nullable WatchedContext context;
    private volatile @Nullable OpenSocket open;
    private volatile long lastTurn;
    private volatile List<String> endpoints = List.of();
    private volatile @Nullable String trouble;

    public SocketOwner(
            Supplier<WatchedContext> contexts,
            SocketSettings settings,
            String zapDomain,
            SocketStatistics statistics,
            Executor relayThreads) {
        this.contexts = contexts;
        this.settings = settings;
        this.zapDomain = zapDomain;
        this.statistics = statistics;
        this.relayThreads = relayThreads;
        this.outgoing = new OutgoingQueue(settings.sendQueueSize(), settings.sendQueueBytes());
        this.reopenPause = settings.reconnecting().reopenDelay();
    }

    /**
     * Completes with the number of messages that the socket accepted, at least one, or exceptionally; waits only for room in
     * the queue in front of the socket.
     */
    public CompletableFuture<Integer> send(List<List<byte[]>> messages, Duration patience) throws InterruptedException {
        Outgoing message = new Outgoing(messages, false, patience);
        enqueue(message);
        return message.accepted();
    }

    /** The same, but completes with the reply. */
    public CompletableFuture<List<byte[]>> request(List<byte[]> frames, Duration sendPatience, Duration replyPatience)
            throws InterruptedException {
        Outgoing request = new Outgoing(List.of(frames), true, sendPatience);
        request.accepted().thenRun(() -> request.reply().orTimeout(replyPatience.toNanos(), TimeUnit.NANOSECONDS));
        enqueue(request);
        return request.reply().exceptionallyCompose(failure -> {
            boolean late = failure instanceof TimeoutException;
            return CompletableFuture.failedFuture(late ? unanswered(replyPatience) : failure);
        });
    }

    private ZeroMqException unanswered(Duration patience) {
        statistics.count(SocketOutcome.REPLY_TIMED_OUT);
        wakeUp();
        return new ZeroMqException("No reply from " + settings.name() + " within " + patience.toMillis() + " ms");
    }

    /** To be called now and then: messages that have waited for too long fail. */
    public void expire() {
        for (Outgoing message : outgoing.overdue()) {
            if (message.giveUp()) {
                outgoing.remove(message);
                message.fail(timedOut(message));
            }
        }
    }

    /** @throws IllegalStateException the socket has an inbox already */
    public void attach(Inbox fresh) {
        if (!inbox.compareAndSet(null, fresh)) {
            throw new IllegalStateException("Two consumers cannot read one socket: " + settings.name());
        }
        // The socket may have failed before there was an inbox to tell.
        trouble().ifPresent(reason -> fresh.report(new ZeroMqException(reason)));
        wakeUp();
    }

    public void detach(Inbox old) {
        inbox.compareAndSet(old, null);
        wakeUp();
    }

    /** Something changed that the thread should know: room in the inbox, say. */
    public void wakeUp() {
        OpenSocket socket = open;
        if (socket != null) {
            socket.wakeUp();
        }
    }

    public SocketStatistics statistics() {
        return statistics;
    }

    public int queuedMessages() {
        return outgoing.messages();
    }

    public long queuedBytes() {
        return outgoing.bytes();
    }

    /** Read, and not yet done with. */
    public int heldMessages() {
        Inbox reader = inbox.get();
        return reader == null ? 0 : reader.messages();
    }

    public long heldBytes() {
        Inbox reader = inbox.get();
        return reader == null ? 0 : reader.bytes();
    }

    /** What the socket is bound or connected to; empty while it is not open. */
    public List<String> endpoints() {
        return endpoints;
    }

    /** Why the socket is not open, or of no use although it is; empty when all is well. */
    public Optional<String> trouble() {
        String reason = trouble;
        if (reason != null) {
            return Optional.of(reason);
        }
        if (open != null && System.nanoTime() - lastTurn > HANGING.toNanos()) {
            return Optional.of(
                    settings.name() + " failed: its thread has hung for more than " + HANGING.toSeconds() + " s");
        }
        WatchedContext current = context;
        return current == null
                ? Optional.empty()
                : current.trouble().map(engine -> settings.name() + " failed: " + engine);
    }

    /** Waits until the socket is given back; what it accepted may still be lingering. */
    public void close(Duration patience) throws InterruptedException {
        closing.countDown();
        wakeUp();
        if (!closed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("The thread of {} did not end within {} ms", settings.name(), patience.toMillis());
        }
    }

    @Override
    public void run() {
        try {
            while (!isClosing()) {
                openAndServe();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ZeroMqException end = new ZeroMqException("The socket " + settings.name() + " was closed");
            outgoing.close().forEach(message -> message.fail(end));
            unanswered.forEach(request -> request.fail(end));
            closed.countDown();
        }
    }

    private void openAndServe() throws InterruptedException {
        try (OpenSocket socket = open()) {
            endpoints = socket.attach();
            owesReply = false;
            lastTurn = System.nanoTime();
            open = socket;
            if (trouble != null) {
                LOG.info("{} works again, at {}", settings.name(), endpoints);
            }
            trouble = null;
            reopenPause = settings.reconnecting().reopenDelay();
            serve(socket);
        } catch (RuntimeException | Error e) {
            // Errors, too: one message that does not fit into the memory must not be the last.
            open = null;
            failed(e);
        } finally {
            open = null;
            endpoints = List.of();
            statistics.noPeers();
        }
    }

    private OpenSocket open() {
        WatchedContext current = contexts.get();
        context = current;
        return new OpenSocket(current.context(), settings, zapDomain, statistics::event, relayThreads);
    }

    private void failed(Throwable failure) throws InterruptedException {
        if (isClosing()) {
            return;
        }
        Duration pause = reopenPause;
        Duration longest = settings.reconnecting().reopenMaxDelay();
        reopenPause = pause.multipliedBy(2).compareTo(longest) < 0 ? pause.multipliedBy(2) : longest;
        String reason = "%s failed: %s"
                .formatted(settings.name(), Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
        statistics.count(SocketOutcome.REOPENED);
        boolean news = !reason.equals(trouble);
        trouble = reason;
        if (news) {
            LOG.warn("{}; opening it again in {} ms and for as long as it takes", reason, pause.toMillis());
            Inbox reader = inbox.get();
            if (reader != null) {
                reader.report(new ZeroMqException(reason, failure));
            }
        }
        closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void serve(OpenSocket socket) {
        while (!isClosing()) {
            lastTurn = System.nanoTime();
            WatchedContext current = context;
            if (current != null && current.isAbandoned()) {
                throw new ZeroMqException("a thread of ZeroMQ hung or died");
            }
            boolean sent = sendSome(socket);
            boolean received = receiveSome(socket);
            if (!sent && !received) {
                boolean waiting = outgoing.messages() > 0 && mayTransmit();
                boolean tellsRoom = !settings.type().alwaysSaysWritable();
                socket.await(wantsToRead(), waiting && tellsRoom, waiting && !tellsRoom ? RETRY_MILLIS : IDLE_MILLIS);
            }
        }
        flush(socket);
    }

    /** At the end: what the socket still takes at once goes, for its senders wait. */
    private void flush(OpenSocket socket) {
        boolean sent = true;
        while (sent) {
            sent = sendSome(socket);
        }
    }

    private boolean sendSome(OpenSocket socket) {
        int sent = 0;
        while (sent < TURN) {
            Optional<Outgoing> next = mayTransmit() ? outgoing.peek() : Optional.empty();
            if (next.isEmpty()) {
                break;
            }
            Outgoing message = next.get();
            if (message.take()) {
                if (!transmit(socket, message)) {
                    message.putBack();
                    break;
                }
                sent += message.messages().size();
            }
            outgoing.remove(message);
        }
        return sent > 0;
    }

    /** Hands over as many as there is room for. False when there is none for the first. */
    private boolean transmit(OpenSocket socket, Outgoing batch) {
        if (settings.type() == ZeroMqSocketType.REP && !owesReply) {
            batch.fail(new ZeroMqException(
                    "The peer that asked " + settings.name() + " is gone: the socket has been opened again since"));
            return true;
        }
        if (batch.wantsReply()) {
            forgetLateReplies(socket);
        }
        int accepted = 0;
        try {
            while (accepted < batch.messages().size()
                    && accepts(socket, batch.messages().get(accepted))) {
                accepted++;
            }
        } catch (ZeroMqException e) {
            conclude(batch, accepted, e);
            return true;
        } catch (RuntimeException | Error e) {
            outgoing.remove(batch);
            conclude(
                    batch, accepted, new ZeroMqException(settings.name() + " refused a message: " + e.getMessage(), e));
            throw e;
        }
        if (accepted == 0) {
            return false;
        }
        owesReply = false;
        if (batch.wantsReply()) {
            unanswered.add(batch);
        }
        batch.accept(accepted);
        return true;
    }

    /** The sender of the batch sends the rest again, and learns then what is wrong with it. */
    private static void conclude(Outgoing batch, int accepted, ZeroMqException problem) {
        if (accepted > 0) {
            batch.accept(accepted);
        } else {
            batch.fail(problem);
        }
    }

    /**
     * False when the socket has no room now.
     *
     * @throws ZeroMqException there is nobody it could go to
     */
    private boolean accepts(OpenSocket socket, List<byte[]> message) {
        switch (socket.send(message)) {
            case SENT -> statistics.count(SocketOutcome.SENT, Outgoing.bytes(message));
            case SENT_TO_SOME -> {
                statistics.count(SocketOutcome.SENT, Outgoing.bytes(message));
                statistics.count(SocketOutcome.DROPPED_FULL);
            }
            case UNROUTABLE -> {
                statistics.count(SocketOutcome.DROPPED_UNROUTABLE);
                if (settings.routerMandatory()) {
                    throw new ZeroMqException(settings.name() + " knows no peer with that routing id");
                }
            }
            case FULL -> {
                if (settings.type() != ZeroMqSocketType.ROUTER || settings.routerMandatory()) {
                    return false;
                }
                statistics.count(SocketOutcome.DROPPED_FULL);
            }
        }
        return true;
    }

    private boolean receiveSome(OpenSocket socket) {
        for (int i = 0; i < TURN; i++) {
            Optional<List<byte[]>> message = wantsToRead() ? socket.receive() : Optional.empty();
            if (message.isEmpty()) {
                return i > 0;
            }
            hand(message.get());
        }
        return true;
    }

    private void hand(List<byte[]> frames) {
        statistics.count(SocketOutcome.RECEIVED, Outgoing.bytes(frames));
        owesReply = settings.type() == ZeroMqSocketType.REP;
        Outgoing request = unanswered.poll();
        Inbox reader = inbox.get();
        if (request != null) {
            request.answer(frames);
        } else if (reader != null) {
            reader.add(frames);
        } else {
            statistics.count(SocketOutcome.DROPPED_UNEXPECTED);
        }
    }

    private boolean wantsToRead() {
        // JeroMQ 0.6 would give the next request although the one before is not answered, and then mix up the two.
        if (owesReply) {
            return false;
        }
        unanswered.removeIf(Outgoing::isAnswered);
        Inbox reader = inbox.get();
        return !unanswered.isEmpty() || reader != null && reader.hasRoom();
    }

    /** REQ is lock-step: the next request waits until the one before has its reply or its time is over. */
    private boolean mayTransmit() {
        unanswered.removeIf(Outgoing::isAnswered);
        return settings.type() != ZeroMqSocketType.REQ || unanswered.isEmpty();
    }

    /** Replies carry no number, except on REQ. One that came too late must not pass for the next one. */
    private void forgetLateReplies(OpenSocket socket) {
        boolean nobodyReads = unanswered.isEmpty() && inbox.get() == null;
        if (nobodyReads && settings.type() != ZeroMqSocketType.REQ) {
            while (socket.receive().isPresent()) {
                statistics.count(SocketOutcome.DROPPED_UNEXPECTED);
            }
        }
    }

    private void enqueue(Outgoing message) throws InterruptedException {
        if (outgoing.put(message)) {
            wakeUp();
        } else {
            message.fail(timedOut(message));
        }
    }

    private ZeroMqException timedOut(Outgoing message) {
        statistics.count(SocketOutcome.SEND_TIMED_OUT);
        String why = trouble().orElse("no peer, or all peers at their high-water mark");
        return new ZeroMqException("%s did not accept the message within %d ms: %s"
                .formatted(settings.name(), message.patience().toMillis(), why));
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** In options, a negative time means forever. */
    public static Duration patience(String option, long millis) {
        if (millis == 0) {
            throw new IllegalArgumentException(
                    "The option " + option + " is 0; it must be positive, or negative for ever");
        }
        return millis < 0 ? ENDLESS : Duration.ofMillis(millis);
    }
}
