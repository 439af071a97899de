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

    private ZeroMqConstants() {}
}
