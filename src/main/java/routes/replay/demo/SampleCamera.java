package routes.replay.demo;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import routes.platform.media.EncodedFrame;
import routes.platform.media.SyntheticCamera;
import routes.replay.job.JobIds;
import routes.replay.savant.Envelope;
import routes.replay.savant.ExternalFrame;
import routes.replay.savant.generation1.VideoFrame;

/** Stands in for a source of Savant: puts the frames of a synthetic camera into messages as such a source sends them. */
public final class SampleCamera implements AutoCloseable {

    private final String sourceId;
    private final String protocolVersion;
    private final SyntheticCamera camera;
    private final int framesPerSecond;
    private final JobIds ids;
    private final Clock clock;
    private long sequence;
    private String previousKeyframe = "";

    /**
     * @param sourceId which is its topic, too
     * @param protocolVersion that its messages announce
     */
    public SampleCamera(
            String sourceId, String protocolVersion, SyntheticCamera.Settings settings, JobIds ids, Clock clock) {
        this.sourceId = sourceId;
        this.protocolVersion = protocolVersion;
        camera = new SyntheticCamera(settings);
        framesPerSecond = settings.framesPerSecond();
        this.ids = ids;
        this.clock = clock;
    }

    /** The next message: topic, frame, picture. */
    public List<byte[]> next() {
        EncodedFrame picture = camera.next();
        byte[] message = Envelope.newBuilder()
                .setProtocolVersion(protocolVersion)
                .setSystemId("caravan-demo-" + sourceId)
                .setSeqId(++sequence)
                .setVideoFrame(frame(picture).toByteString())
                .build()
                .toByteArray();
        return List.of(sourceId.getBytes(StandardCharsets.UTF_8), message, picture.data());
    }

    private VideoFrame frame(EncodedFrame picture) {
        Instant now = clock.instant();
        String id = ids.next().toString();
        VideoFrame.Builder frame = VideoFrame.newBuilder()
                .setSourceId(sourceId)
                .setUuid(id)
                .setCreationTimestampNsLow(now.getEpochSecond() * 1_000_000_000 + now.getNano())
                .setFramerate(framesPerSecond + "/1")
                .setWidth(picture.width())
                .setHeight(picture.height())
                .setCodec(picture.codec().label())
                .setKeyframe(picture.keyframe())
                .setTimeBaseNumerator(picture.timeBaseNumerator())
                .setTimeBaseDenominator(picture.timeBaseDenominator())
                .setPts(picture.pts())
                .setDuration(1)
                .setExternal(ExternalFrame.newBuilder().setMethod("zeromq"));
        if (!previousKeyframe.isEmpty()) {
            frame.setPreviousKeyframe(previousKeyframe);
        }
        if (picture.keyframe()) {
            previousKeyframe = id;
        }
        return frame.build();
    }

    @Override
    public void close() {
        camera.close();
    }
}
