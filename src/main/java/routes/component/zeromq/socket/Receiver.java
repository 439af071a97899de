package routes.component.zeromq.socket;

import java.util.List;

/** Takes what a socket receives, in the socket's thread. */
public interface Receiver {

    /** Whether the socket may be read. */
    boolean hasRoom();

    void receive(List<byte[]> frames);

    /** Received, and not yet done with. */
    int heldMessages();

    long heldBytes();

    /** The socket failed, or could not be opened; it will be opened again. */
    void troubled(Exception trouble);
}
