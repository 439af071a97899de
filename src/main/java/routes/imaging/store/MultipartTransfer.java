package routes.imaging.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import routes.imaging.tar.TarDigest;
import routes.imaging.tar.TarLayout;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One attempt to store one tar in parts, several at once. Whatever goes wrong, the unfinished upload is aborted
 * before the failure is reported.
 */
final class MultipartTransfer {

    private static final long LET_GO_SECONDS = 5;
    private static final long LOOK_MILLIS = 500;

    private final ObjectStore store;
    private final TarLayout layout;
    private final TarDigest digest;
    private final String key;
    private final UUID refId;
    private final UploadSettings settings;

    MultipartTransfer(
            ObjectStore store, TarLayout layout, TarDigest digest, String key, UUID refId, UploadSettings settings) {
        this.store = store;
        this.layout = layout;
        this.digest = digest;
        this.key = key;
        this.refId = refId;
        this.settings = settings;
    }

    /**
     * @param replaced our own object that may be replaced; null when the key must be free
     * @return false when something else appeared at the key: look again
     */
    boolean run(@Nullable StoredObject replaced) throws IOException {
        String uploadId = store.create(key, refId, digest);
        boolean completed = false;
        try {
            completed = !takenSince() && complete(uploadId, sendParts(uploadId), replaced);
        } catch (IOException | RuntimeException failure) {
            abort(uploadId, failure);
            throw failure;
        }
        if (!completed) {
            store.abort(key, uploadId);
        }
        return completed;
    }

    /**
     * Looks at the key again after the upload has begun, for stores that ignore conditions: this look sees an upload
     * that completed before, and one that completes later finds our upload and aborts it ({@link
     * TarUploader#upload}).
     */
    private boolean takenSince() throws IOException {
        Optional<StoredObject> there = store.head(key);
        return there.isPresent() && !there.get().belongsTo(refId);
    }

    private boolean complete(String uploadId, List<CompletedPart> parts, @Nullable StoredObject replaced)
            throws IOException {
        return switch (store.complete(key, uploadId, parts, replaced)) {
            case DONE -> true;
            case OVERTAKEN -> false;
            case UNCLEAR -> appears();
        };
    }

    /**
     * Waits for the object of a completion that got no clear answer. To send it again at once would be worse than to
     * wait: the abort before it would take the parts from under a store that is putting them together.
     */
    private boolean appears() throws IOException {
        long deadline = System.nanoTime() + settings.completionPatience().toNanos();
        while (true) {
            Optional<StoredObject> there = store.head(key);
            boolean ours = there.filter(object -> object.belongsTo(refId) && object.holds(digest))
                    .isPresent();
            if (ours || there.filter(object -> !object.belongsTo(refId)).isPresent() || System.nanoTime() > deadline) {
                return ours;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new UploadFailedException("upload of " + key + " was stopped", stop);
            }
        }
    }

    private List<CompletedPart> sendParts(String uploadId) throws IOException {
        // Its own for each upload, so that all of its parts can be interrupted at once; too short-lived for Hawtio
        ExecutorService pool = Executors.newFixedThreadPool(
                Math.min(settings.maxConcurrency(), digest.parts()),
                task -> new Thread(task, "imaging-upload-" + refId));
        try {
            CompletionService<CompletedPart> sending = new ExecutorCompletionService<>(pool);
            for (int i = 0; i < digest.parts(); i++) {
                int part = i;
                sending.submit(() -> sendPart(uploadId, part));
            }
            List<CompletedPart> sent = new ArrayList<>(digest.parts());
            while (sent.size() < digest.parts()) {
                sent.add(sending.take().get());
            }
            layout.verifyUnchanged();
            sent.sort(Comparator.comparing(CompletedPart::partNumber));
            return sent;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new UploadFailedException("upload of " + key + " was stopped", stop);
        } catch (ExecutionException failed) {
            throw rethrown(failed.getCause());
        } finally {
            letGo(pool);
        }
    }

    private CompletedPart sendPart(String uploadId, int part) throws IOException {
        try (PartBody body = new PartBody(layout, digest, part)) {
            return store.putPart(key, uploadId, part, digest.partLength(part), body);
        }
    }

    /** A part that is still being sent when the upload is aborted could outlive the abort: wait for it to end. */
    private static void letGo(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            pool.awaitTermination(LET_GO_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The SDK sends nothing from an interrupted thread, so the interrupt waits until the abort is through. */
    private void abort(String uploadId, Exception failure) {
        boolean interrupted = Thread.interrupted();
        try {
            store.abort(key, uploadId);
        } catch (IOException | RuntimeException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static IOException rethrown(Throwable cause) {
        if (cause instanceof RuntimeException bug) {
            throw bug;
        }
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }
}
