package routes.component.zeromq.socket;

/** What the body of a received message is. */
public enum ZeroMqBodyType {
    /** {@code byte[]} for a message of one frame, {@code List<byte[]>} for one of several. */
    auto,
    /** {@code List<byte[]>} in any case. */
    frames
}
