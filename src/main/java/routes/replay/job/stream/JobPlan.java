package routes.replay.job.stream;

import java.util.concurrent.atomic.AtomicInteger;

import routes.component.framestore.api.FrameStore;
import routes.replay.job.JobCheckpoint;
import routes.replay.job.JobConfiguration;
import routes.replay.job.JobPart;
import routes.replay.job.JobRequest;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.socket.WriterType;

/**
 * What a job runs on.
 *
 * @param readAhead how many bytes of entries to hold ready at most
 * @param readers how many jobs are reading, and share the memory
 */
public record JobPlan(
        FrameStore store, JobRequest request, ProtocolVersions versions, long readAhead, AtomicInteger readers) {

    /**
     * The limit of a job that waits between frames. While it reads more than it needs, the frames of other jobs are late; and
     * what a hundred jobs hold for seconds is copied by the garbage collector while all of them stand still.
     */
    private static final long PACED_READ_AHEAD = 16 << 10;

    JobConfiguration configuration() {
        return request.configuration();
    }

    JobRewriter rewriter() {
        return new JobRewriter(
                configuration().resultingStreamId(),
                configuration().routingLabels(),
                new FrameAttributes(request.attributes(), request.extras().attributeCollision()),
                versions,
                request.extras().generation().map(versions::translationTo));
    }

    /** Whether there is nothing to wait for between two frames, neither the clock nor an answer. */
    boolean sendsTogether() {
        return !configuration().tsSync() && request.sink().url().type() != WriterType.REQ;
    }

    /**
     * @param from where to go on
     * @param anew whether the part begins, rather than going on after a restart
     */
    SourceReader feed(JobPart part, JobCheckpoint from, boolean anew) {
        return new SourceReader(
                store.read(
                        part.source(),
                        from.position(),
                        sendsTogether() ? readAhead : Math.min(readAhead, PACED_READ_AHEAD)),
                part.source(),
                configuration(),
                request.extras().filter(),
                request.extras().contiguousPts().map(wish -> new TimestampRewriter(wish, from.timeline())),
                anew && configuration().tsSync());
    }
}
