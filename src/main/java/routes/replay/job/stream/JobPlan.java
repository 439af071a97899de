package routes.replay.job.stream;

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
 * @param readAhead bytes of entries to hold ready at most
 * @param readers with which it shares the memory
 */
public record JobPlan(
        FrameStore store, JobRequest request, ProtocolVersions versions, long readAhead, ReadingJobs readers) {

    /**
     * Of a job that waits between frames. While it reads more than it needs, another one's frame is late; and what a hundred
     * jobs hold for seconds is what the garbage collector copies while all of them stand still.
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

    /** Whether nothing is to be waited for between two frames: neither their time nor an answer. */
    boolean sendsTogether() {
        return !configuration().tsSync() && request.sink().url().type() != WriterType.REQ;
    }

    JobPart part(int number) {
        return request.part(number);
    }

    boolean isLastPart(int number) {
        return request.isLastPart(number);
    }

    /**
     * @param from where to go on
     * @param anew whether it begins, and does not go on after a restart
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
