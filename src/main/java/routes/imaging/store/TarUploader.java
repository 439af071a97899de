package routes.imaging.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.FileNames;
import routes.imaging.tar.SourceChangedException;
import routes.imaging.tar.TarDigest;
import routes.imaging.tar.TarLayout;

/**
 * Stores the tar of an event under its key, once: an event that comes again finds its object and sends nothing, and
 * two events with the same key get an object each.
 *
 * <p>One attempt is: hash the tar ({@link TarDigest}); look at the key; send, in one request or in parts; look again
 * and compare. A tar of at most 64 KiB for a store known to refuse taken keys is spared both looks, which would cost
 * more than the tar: the condition of its PUT is the first, and an entity tag that is its MD5 proves more than the
 * second. (A larger one is not sent unseen: a server that refuses early may close the connection on its body.)
 *
 * <p>Between two uploaders of different events that run for the same key at the same moment the store
 * decides by the condition of the write. Where a store ignores conditions, {@link KeyClaims} decide, and for uploads
 * in parts the order of steps does so by itself: each looks at the key after it has begun its upload, and, after it
 * has completed, aborts all other unfinished uploads of the key before it looks for the last time. So whoever comes
 * second either finds the first one's object or has its upload aborted.
 *
 * <p>The same abort removes what dead processes left. An upload of a living one can only be hit when its event (or
 * one with the same key) has just been stored; it looks again and finds that.
 *
 * <p>Safe for several threads; an upload runs in the thread of its caller, which is interrupted by {@link #close}.
 */
public final class TarUploader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TarUploader.class);
    private static final int LOOKS = 3;
    private static final long STOP_SECONDS = 8;

    private final ObjectStore store;
    private final KeyClaims claims;
    private final UploadSettings settings;
    private final Clock clock;

    private final Set<Thread> running = new HashSet<>();
    private boolean stopping;

    public TarUploader(ObjectStore store, KeyClaims claims, UploadSettings settings, Clock clock) {
        this.store = store;
        this.claims = claims;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @return where the tar is, after a look at the store that showed its length and checksum
     * @throws SourceChangedException when a source file changed; take a new layout
     * @throws StoreRefusedException when the store will not take it until somebody changes something
     * @throws UploadFailedException when it is worth trying again soon
     */
    public UploadedTar upload(TarLayout layout, ObjectKey key) throws IOException {
        enter();
        try {
            if (!layout.skipped().isEmpty()) {
                LOG.warn(
                        "Left out of the tar of {}, as neither files, directories nor links: {}",
                        FileNames.printable(layout.source()),
                        layout.skipped().stream().map(FileNames::printable).toList());
            }
            return uploadToFirstFree(layout, key);
        } finally {
            leave();
        }
    }

    /** Interrupts the running uploads and waits until they have aborted, at most {@value #STOP_SECONDS} seconds. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        synchronized (running) {
            stopping = true;
            running.forEach(Thread::interrupt);
            try {
                for (long left = deadline - System.nanoTime();
                        !running.isEmpty() && left > 0;
                        left = deadline - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(running, left);
                }
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private UploadedTar uploadToFirstFree(TarLayout layout, ObjectKey key) throws IOException {
        TarDigest digest = TarDigest.of(layout, settings.bodySizeFor(layout.length()));
        for (String candidate : key.candidates()) {
            Optional<UploadedTar> uploaded = uploadTo(candidate, key.refId(), layout, digest);
            if (uploaded.isPresent()) {
                return uploaded.get();
            }
            LOG.info("{}/{} belongs to another event than {}", store.bucket(), candidate, key.refId());
        }
        throw new UploadFailedException("every key for event " + key.refId() + " belongs to another object: "
                + key.candidates() + " in bucket " + store.bucket() + "; move those objects away");
    }

    private Optional<UploadedTar> uploadTo(String key, UUID refId, TarLayout layout, TarDigest digest)
            throws IOException {
        if (!claims.claim(key, refId)) {
            return Optional.empty();
        }
        try {
            for (int look = 0; look < LOOKS; look++) {
                boolean unseen = look == 0 && digest.isSmall() && store.refusesTakenKeys();
                @Nullable StoredObject there = unseen ? null : store.head(key).orElse(null);
                if (there != null && !there.belongsTo(refId)) {
                    return Optional.empty();
                }
                if (there != null && there.holds(digest)) {
                    abortOthers(key, digest);
                    return Optional.of(uploaded(key, digest, true));
                }
                Sent sent = unseen ? sendUnseen(key, refId, layout, digest) : send(key, refId, layout, digest, there);
                if (sent == Sent.PROVEN) {
                    return Optional.of(uploaded(key, digest, false));
                }
                if (sent == Sent.UNPROVEN) {
                    return verified(key, refId, digest);
                }
            }
            throw new UploadFailedException(store.bucket() + "/" + key
                    + " changes each time it is looked at: other uploaders are working on it");
        } finally {
            claims.release(key, refId);
        }
    }

    /** The key may be taken, and the store closed the connection on a body it did not want: a look tells. */
    private Sent sendUnseen(String key, UUID refId, TarLayout layout, TarDigest digest) throws IOException {
        try {
            return send(key, refId, layout, digest, null);
        } catch (UploadFailedException failure) {
            LOG.info("Checking {}/{} after a failed upload: {}", store.bucket(), key, failure.getMessage());
            return Sent.OVERTAKEN;
        }
    }

    private Sent send(String key, UUID refId, TarLayout layout, TarDigest digest, @Nullable StoredObject replaced)
            throws IOException {
        return settings.inParts(digest.length())
                ? sendInParts(key, refId, layout, digest, replaced)
                : sendWhole(key, refId, layout, digest, replaced);
    }

    private Sent sendWhole(String key, UUID refId, TarLayout layout, TarDigest digest, @Nullable StoredObject replaced)
            throws IOException {
        try (PartBody body = new PartBody(layout, digest, 0)) {
            Optional<String> etag = store.put(key, refId, digest, body, replaced);
            layout.verifyUnchanged();
            if (etag.isEmpty()) {
                return Sent.OVERTAKEN;
            }
            boolean proven = store.refusesTakenKeys() && digest.isProvenBy(etag.get());
            if (digest.isSmall()) {
                store.learnConditions(key, refId, digest, body);
            }
            return proven ? Sent.PROVEN : Sent.UNPROVEN;
        }
    }

    private Sent sendInParts(
            String key, UUID refId, TarLayout layout, TarDigest digest, @Nullable StoredObject replaced)
            throws IOException {
        store.abortUnfinished(key, clock.instant().minus(settings.staleAfter()));
        MultipartTransfer transfer = new MultipartTransfer(store, layout, digest, key, refId, settings);
        if (!transfer.run(replaced)) {
            return Sent.OVERTAKEN;
        }
        abortOthers(key, digest);
        return Sent.UNPROVEN;
    }

    /**
     * The object is stored, so whatever is unfinished is of no use: left by dead processes, by a store that ended between
     * storing the object and forgetting its parts, or about to find the object.
     */
    private void abortOthers(String key, TarDigest digest) throws IOException {
        if (settings.inParts(digest.length())) {
            store.abortUnfinished(key, Instant.MAX);
        }
    }

    private Optional<UploadedTar> verified(String key, UUID refId, TarDigest digest) throws IOException {
        StoredObject there = store.head(key)
                .orElseThrow(() -> new UploadFailedException(store.bucket() + "/" + key
                        + " is not there after its upload; is something emptying the bucket?"));
        if (there.refId().isEmpty()) {
            throw new UploadFailedException(store.bucket() + "/" + key
                    + " has no metadata ref-id after its upload; the store must keep user metadata");
        }
        if (!there.belongsTo(refId)) {
            return Optional.empty();
        }
        if (!there.holds(digest)) {
            throw new UploadFailedException(store.bucket() + "/" + key + " has " + there.size()
                    + " bytes and checksum " + there.sha256().orElse("none") + " after an upload of " + digest.length()
                    + " bytes and checksum " + digest.sha256());
        }
        return Optional.of(uploaded(key, digest, false));
    }

    private UploadedTar uploaded(String key, TarDigest digest, boolean alreadyThere) {
        return new UploadedTar(store.bucket(), key, digest.length(), digest.sha256(), alreadyThere);
    }

    private void enter() throws UploadFailedException {
        synchronized (running) {
            if (stopping) {
                throw new UploadFailedException("the process is stopping, so no upload begins");
            }
            running.add(Thread.currentThread());
        }
    }

    /** The interrupt of close has served its purpose and must not reach what the thread does next. */
    private void leave() {
        synchronized (running) {
            running.remove(Thread.currentThread());
            if (stopping) {
                Thread.interrupted();
            }
            running.notifyAll();
        }
    }

    private enum Sent {
        /** Something else appeared at the key. */
        OVERTAKEN,
        /** A look must show that it is there and ours. */
        UNPROVEN,
        /** The answer itself proves that all of it is stored as ours. */
        PROVEN
    }
}
