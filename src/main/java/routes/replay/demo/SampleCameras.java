package routes.replay.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The cameras of the demo. They are switched on when the first frame is asked for, because that loads FFmpeg. */
final class SampleCameras implements AutoCloseable {

    private final List<String> sourceIds;
    private final Function<String, SampleCamera> maker;
    private final List<SampleCamera> cameras = new ArrayList<>();

    /** @param maker switches on the camera of a source */
    SampleCameras(List<String> sourceIds, Function<String, SampleCamera> maker) {
        this.sourceIds = sourceIds;
        this.maker = maker;
    }

    /** One message of each. */
    public synchronized List<List<byte[]>> film() {
        if (cameras.isEmpty()) {
            sourceIds.forEach(id -> cameras.add(maker.apply(id)));
        }
        return cameras.stream().map(SampleCamera::next).toList();
    }

    @Override
    public synchronized void close() {
        cameras.forEach(SampleCamera::close);
        cameras.clear();
    }
}
