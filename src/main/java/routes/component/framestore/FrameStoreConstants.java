package routes.component.framestore;

import org.apache.camel.spi.Metadata;

/** Headers of the component. */
public final class FrameStoreConstants {

    @Metadata(description = "Id of the source the entry belongs to.", javaType = "String", important = true)
    public static final String SOURCE = "CamelFrameStoreSource";

    @Metadata(
            description = "What the entry is: FRAME, KEYFRAME, USER_DATA or END_OF_STREAM. The producer takes FRAME"
                    + " when it is missing.",
            javaType = "routes.component.framestore.api.EntryKind")
    public static final String KIND = "CamelFrameStoreKind";

    @Metadata(description = "UUID of the frame; a keyframe needs one.", javaType = "java.util.UUID")
    public static final String UUID = "CamelFrameStoreUuid";

    @Metadata(
            description = "When the frame was made, nanoseconds since 1970; a keyframe needs it.",
            javaType = "java.math.BigInteger")
    public static final String CREATED = "CamelFrameStoreCreated";

    @Metadata(
            description = "Codec, size, time base and timestamps of a frame.",
            javaType = "routes.component.framestore.api.VideoInfo")
    public static final String VIDEO = "CamelFrameStoreVideo";

    @Metadata(description = "The topic the message had, as bytes; the producer also takes text.", javaType = "byte[]")
    public static final String TOPIC = "CamelFrameStoreTopic";

    @Metadata(
            description = "Index in its source of the entry that was appended. For a list of entries it is the list"
                    + " of their indices. With whenFull=wait, -1 stands for an entry that can never be stored.",
            javaType = "Long or java.util.List",
            important = true)
    public static final String INDEX = "CamelFrameStoreIndex";

    private FrameStoreConstants() {}
}
