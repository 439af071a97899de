package routes.replay.socket;

import com.google.protobuf.ByteString;

/**
 * Which topics an ingress takes; all when both texts are empty. Topics are compared as bytes, since a topic need not be
 * text.
 *
 * @param sourceId exactly this one
 * @param prefix all that begin with this
 */
public record TopicFilter(String sourceId, String prefix) {

    public static final TopicFilter ALL = prefix("");

    public static TopicFilter source(String id) {
        return new TopicFilter(id, "");
    }

    public static TopicFilter prefix(String prefix) {
        return new TopicFilter("", prefix);
    }

    public boolean accepts(ByteString topic) {
        ByteString wanted = ByteString.copyFromUtf8(subscription());
        return sourceId.isEmpty() ? topic.startsWith(wanted) : topic.equals(wanted);
    }

    /** The subscription of a sub socket. ZeroMQ takes it as a prefix, so {@link #accepts} is asked all the same. */
    public String subscription() {
        return sourceId.isEmpty() ? prefix : sourceId;
    }
}
