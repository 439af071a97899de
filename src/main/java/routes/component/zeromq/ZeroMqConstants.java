package routes.component.zeromq;

import org.apache.camel.spi.Metadata;

/** Headers of the component. */
public final class ZeroMqConstants {

    @Metadata(
            description = "The routing id of the peer, for ROUTER: of the one that sent the message, or of the one to"
                    + " send to (bytes, or text taken as UTF-8).",
            javaType = "byte[]",
            important = true)
    public static final String ROUTING_ID = "CamelZeroMqRoutingId";

    @Metadata(
            description = "Set by the producer for a body of type ZeroMqBatch: how many of its messages, from the first"
                    + " on, the socket accepted.",
            javaType = "int")
    public static final String ACCEPTED = "CamelZeroMqAccepted";

    private ZeroMqConstants() {}
}
