package routes.replay.socket;

import com.google.protobuf.ByteString;

/**
 * Which topics an ingress takes. Compared as bytes, since a topic need not be text.
 *
 * @param text a source id or a prefix, without meaning for {@link Kind#NONE}
 */
public record TopicFilter(Kind kind, String text) {

    public static final TopicFilter ALL = new TopicFilter(Kind.NONE, "");

    public enum Kind {
        /** Every topic. */
        NONE,
        SOURCE_ID,
        PREFIX
    }

    public boolean accepts(ByteString topic) {
        return switch (kind) {
            case NONE -> true;
            case SOURCE_ID -> topic.equals(ByteString.copyFromUtf8(text));
            case PREFIX -> topic.startsWith(ByteString.copyFromUtf8(text));
        };
    }

    /** What a sub socket subscribes to. It is a prefix always, so {@link #accepts} is asked all the same. */
    public String subscription() {
        return text;
    }
}
