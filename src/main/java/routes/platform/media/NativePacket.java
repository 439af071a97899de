package routes.platform.media;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/** Encoded data in FFmpeg's memory. */
public final class NativePacket implements AutoCloseable {

    private final AVPacket packet = Ffmpeg.requireMemory(avcodec.av_packet_alloc());

    public static NativePacket of(byte[] data) {
        NativePacket made = new NativePacket();
        int result = avcodec.av_new_packet(made.packet, data.length);
        if (result < 0) {
            made.close();
            Ffmpeg.require(result, "There is no memory for " + data.length + " bytes");
        }
        made.packet.data().put(data);
        return made;
    }

    public AVPacket get() {
        return packet;
    }

    public byte[] bytes() {
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
    }
}
