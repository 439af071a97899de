package routes.platform.media.clip;

import java.util.Optional;

import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVBitStreamFilter;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import routes.platform.media.EncodedFrame;
import routes.platform.media.Ffmpeg;
import routes.platform.media.MediaException;
import routes.platform.media.NativePacket;

/** Finds what a container wants to have in its header: SPS and PPS of H.264, VPS too of HEVC, the sequence of AV1. */
final class ParameterSets {

    /**
     * @return as they stand in the frame; empty for a codec that has none
     * @throws MediaException the frame has none, so nobody can decode what begins with it
     */
    byte[] require(EncodedFrame keyframe) {
        return switch (keyframe.codec()) {
            case H264, HEVC, AV1 ->
                find(keyframe)
                        .orElseThrow(() -> new MediaException("No clip can begin with a keyframe of " + keyframe.kind()
                                + " whose parameter sets are not there or cannot be read"));
            default -> new byte[0];
        };
    }

    /** Empty when the frame has none that can be read. To be asked of H.264, HEVC and AV1. */
    Optional<byte[]> find(EncodedFrame keyframe) {
        AVBitStreamFilter filter = Ffmpeg.requireMemory(avcodec.av_bsf_get_by_name("extract_extradata"));
        AVBSFContext context = new AVBSFContext(null);
        Ffmpeg.require(avcodec.av_bsf_alloc(filter, context), "There is no memory");
        try (NativePacket packet = NativePacket.of(keyframe.data());
                SizeTPointer size = new SizeTPointer(1)) {
            context.par_in()
                    .codec_type(avutil.AVMEDIA_TYPE_VIDEO)
                    .codec_id(keyframe.codec().id());
            Ffmpeg.require(avcodec.av_bsf_init(context), "Keyframes cannot be looked into");
            if (avcodec.av_bsf_send_packet(context, packet.get()) < 0
                    || avcodec.av_bsf_receive_packet(context, packet.get()) < 0) {
                return Optional.empty();
            }
            return sideData(packet.get(), size);
        } finally {
            avcodec.av_bsf_free(context);
        }
    }

    private static Optional<byte[]> sideData(AVPacket packet, SizeTPointer size) {
        BytePointer found = avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_NEW_EXTRADATA, size);
        if (found == null || found.isNull()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) size.get()];
        found.get(bytes);
        return Optional.of(bytes);
    }
}
