package routes.replay;

import com.google.protobuf.ByteString;

/**
 * Which topics an ingress takes. Compared as bytes, since a topic need not be text.
 *
 * @param text a source id or a prefix, without meaning for {@link Kind#NONE}
 */
record TopicFilter(Kind kind, String text) {

    static final TopicFilter ALL = new TopicFilter(Kind.NONE, "");

    enum Kind {
        /** Every topic. */
        NONE,
        SOURCE_ID,
        PREFIX
    }

    boolean accepts(ByteString topic) {
        return switch (kind) {
            case NONE -> true;
            case SOURCE_ID -> topic.equals(ByteString.copyFromUtf8(text));
            case PREFIX -> topic.startsWith(ByteString.copyFromUtf8(text));
        };
    }

    /** What a sub socket subscribes to. It is a prefix always, so {@link #accepts} is asked all the same. */
    String subscription() {
        return text;
    }
}
