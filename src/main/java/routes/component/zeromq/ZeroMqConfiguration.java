package routes.component.zeromq;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.jspecify.annotations.Nullable;
import routes.component.zeromq.socket.ZeroMqBodyType;
import routes.component.zeromq.socket.ZeroMqMode;
import routes.component.zeromq.socket.ZeroMqSocketType;

/** The options of the component; an endpoint begins with the component's and replaces those in its URI. */
@UriParams
public class ZeroMqConfiguration implements Cloneable {

    @UriPath
    @Metadata(required = true)
    private String address = "";

    @UriParam(label = "common")
    @Metadata(required = true)
    private @Nullable ZeroMqSocketType socketType;

    @UriParam(label = "common", defaultValue = "connect")
    private ZeroMqMode mode = ZeroMqMode.connect;

    @UriParam(label = "consumer")
    private String subscribe = "";

    @UriParam(label = "consumer", defaultValue = "auto")
    private ZeroMqBodyType bodyType = ZeroMqBodyType.auto;

    @UriParam(label = "consumer", defaultValue = "1")
    private int concurrentConsumers = 1;

    @UriParam(label = "consumer", defaultValue = "100")
    private int maxInflight = 100;

    @UriParam(label = "consumer", defaultValue = "67108864")
    private long maxInflightBytes = 67108864;

    @UriParam(label = "consumer", defaultValue = "1")
    private int batchSize = 1;

    @UriParam(label = "consumer", defaultValue = "ERROR")
    private String failureReply = "ERROR";

    @UriParam(label = "producer", defaultValue = "5000", javaType = "java.time.Duration")
    private long sendTimeout = 5000;

    @UriParam(label = "producer", defaultValue = "5000", javaType = "java.time.Duration")
    private long receiveTimeout = 5000;

    @UriParam(label = "producer", defaultValue = "false")
    private boolean noDrop = false;

    @UriParam(label = "producer", defaultValue = "true")
    private boolean routerMandatory = true;

    @UriParam(label = "producer", defaultValue = "1000")
    private int sendQueueSize = 1000;

    @UriParam(label = "producer", defaultValue = "67108864")
    private long sendQueueBytes = 67108864;

    @UriParam(label = "common", defaultValue = "1000")
    private int sendHighWaterMark = 1000;

    @UriParam(label = "common", defaultValue = "1000")
    private int receiveHighWaterMark = 1000;

    @UriParam(label = "common", defaultValue = "1000", javaType = "java.time.Duration")
    private long linger = 1000;

    @UriParam(label = "common", defaultValue = "100", javaType = "java.time.Duration")
    private long reconnectInterval = 100;

    @UriParam(label = "common", defaultValue = "5000", javaType = "java.time.Duration")
    private long reconnectMaxInterval = 5000;

    @UriParam(label = "common", defaultValue = "0", javaType = "java.time.Duration")
    private long heartbeatInterval = 0;

    @UriParam(label = "common", defaultValue = "0", javaType = "java.time.Duration")
    private long heartbeatTimeout = 0;

    @UriParam(label = "common", defaultValue = "0", javaType = "java.time.Duration")
    private long heartbeatTtl = 0;

    @UriParam(label = "common", defaultValue = "2s", javaType = "java.time.Duration")
    private long handshakeTimeout = 2_000;

    @UriParam(label = "common", defaultValue = "false")
    private boolean immediate = false;

    @UriParam(label = "common", defaultValue = "268435456")
    private long maxMessageSize = 268435456;

    @UriParam(label = "common")
    private @Nullable String routingId;

    @UriParam(label = "common,advanced", defaultValue = "false")
    private boolean routerHandover = false;

    @UriParam(label = "common,advanced", defaultValue = "-1")
    private int tcpKeepAlive = -1;

    @UriParam(label = "common,advanced", defaultValue = "-1")
    private int tcpKeepAliveIdle = -1;

    @UriParam(label = "common,advanced", defaultValue = "-1")
    private int tcpKeepAliveInterval = -1;

    @UriParam(label = "common,advanced", defaultValue = "-1")
    private int tcpKeepAliveCount = -1;

    @UriParam(label = "common,advanced", defaultValue = "1000", javaType = "java.time.Duration")
    private long reopenDelay = 1000;

    @UriParam(label = "common,advanced", defaultValue = "30000", javaType = "java.time.Duration")
    private long reopenMaxDelay = 30000;

    @UriParam(label = "common,advanced")
    private @Nullable String ipcPermissions;

    @UriParam(label = "security", defaultValue = "false")
    private boolean curveServer = false;

    @UriParam(label = "security")
    private @Nullable String curvePublicKey;

    @UriParam(label = "security", secret = true)
    private @Nullable String curveSecretKey;

    @UriParam(label = "security")
    private @Nullable String curveServerKey;

    @UriParam(label = "security")
    private @Nullable String curveAllowedKeys;

    /** Returns an independent copy. */
    public ZeroMqConfiguration copy() {
        try {
            return (ZeroMqConfiguration) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getAddress() {
        return address;
    }

    /**
     * One address or several, separated by commas: tcp://host:port, ipc:///path or inproc://name. A bound TCP port may
     * be 0 for any free one, and its host * for all interfaces.
     */
    public void setAddress(String address) {
        this.address = address;
    }

    public @Nullable ZeroMqSocketType getSocketType() {
        return socketType;
    }

    /**
     * The pattern. Required. Consumers: SUB, PULL, REP, ROUTER, DEALER, PAIR, XPUB, XSUB; producers: PUB, PUSH, REQ,
     * ROUTER, DEALER, PAIR, XPUB, XSUB. Another one is refused when the route is made.
     */
    public void setSocketType(@Nullable ZeroMqSocketType socketType) {
        this.socketType = socketType;
    }

    public ZeroMqMode getMode() {
        return mode;
    }

    /**
     * Whether the socket binds its addresses or connects to them. A bind that fails is tried again, see reopenDelay.
     */
    public void setMode(ZeroMqMode mode) {
        this.mode = mode;
    }

    public String getSubscribe() {
        return subscribe;
    }

    /** Topics of a SUB socket: beginnings of the first frame, separated by commas. The default is all messages. */
    public void setSubscribe(String subscribe) {
        this.subscribe = subscribe;
    }

    public ZeroMqBodyType getBodyType() {
        return bodyType;
    }

    /** What the body of a received message is. The routing id of a ROUTER is never part of it. */
    public void setBodyType(ZeroMqBodyType bodyType) {
        this.bodyType = bodyType;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    /** Threads that run the route. With more than one, messages may overtake each other. Below 1 is refused. */
    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    public int getMaxInflight() {
        return maxInflight;
    }

    /**
     * Most messages between socket and the end of the route. When there are as many, the socket is not read.
     * Below 1 is refused.
     */
    public void setMaxInflight(int maxInflight) {
        this.maxInflight = maxInflight;
    }

    public long getMaxInflightBytes() {
        return maxInflightBytes;
    }

    /** The same in bytes; the message that crosses the bound is the last. Below 1 is refused. */
    public void setMaxInflightBytes(long maxInflightBytes) {
        this.maxInflightBytes = maxInflightBytes;
    }

    public int getBatchSize() {
        return batchSize;
    }

    /**
     * Most messages of one exchange. With more than 1 the body is a ZeroMqBatch of what has arrived, of a single message,
     * too; nothing waits for a batch to fill. Messages of a ROUTER then begin with the routing id, and so do those of the
     * ZeroMqBatch that is the reply. Below 1 is refused.
     */
    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    public String getFailureReply() {
        return failureReply;
    }

    /**
     * What a REP socket, or another one with exchangePattern InOut, answers (as UTF-8) when the route failed, so that
     * the peer does not wait in vain.
     */
    public void setFailureReply(String failureReply) {
        this.failureReply = failureReply;
    }

    public long getSendTimeout() {
        return sendTimeout;
    }

    /**
     * How long a message may wait to be accepted by the socket; then the exchange fails and the message is not sent.
     * 0 is too short for
     * anything and refused; negative means for ever. Also for replies of a consumer.
     */
    public void setSendTimeout(long sendTimeout) {
        this.sendTimeout = sendTimeout;
    }

    public long getReceiveTimeout() {
        return receiveTimeout;
    }

    /**
     * How long to wait for the reply (REQ, or exchangePattern InOut on DEALER and PAIR); then the exchange fails. 0 is
     * refused; negative means for ever.
     */
    public void setReceiveTimeout(long receiveTimeout) {
        this.receiveTimeout = receiveTimeout;
    }

    public boolean isNoDrop() {
        return noDrop;
    }

    /**
     * For PUB and XPUB: wait for a subscriber that is at its high-water mark, at most sendTimeout, instead of leaving
     * it out.
     */
    public void setNoDrop(boolean noDrop) {
        this.noDrop = noDrop;
    }

    public boolean isRouterMandatory() {
        return routerMandatory;
    }

    /**
     * For ROUTER: whether a message to an unknown or full peer fails the exchange. Otherwise it is dropped and counted.
     */
    public void setRouterMandatory(boolean routerMandatory) {
        this.routerMandatory = routerMandatory;
    }

    public int getSendQueueSize() {
        return sendQueueSize;
    }

    /** Most messages that wait for the socket; a batch counts as one. Senders wait when there are as many. Below 1 is refused. */
    public void setSendQueueSize(int sendQueueSize) {
        this.sendQueueSize = sendQueueSize;
    }

    public long getSendQueueBytes() {
        return sendQueueBytes;
    }

    /** The same in bytes; a bigger message waits until it is alone. Below 1 is refused. */
    public void setSendQueueBytes(long sendQueueBytes) {
        this.sendQueueBytes = sendQueueBytes;
    }

    public int getSendHighWaterMark() {
        return sendHighWaterMark;
    }

    /** Messages ZeroMQ keeps for each peer to send. 0 means no limit. */
    public void setSendHighWaterMark(int sendHighWaterMark) {
        this.sendHighWaterMark = sendHighWaterMark;
    }

    public int getReceiveHighWaterMark() {
        return receiveHighWaterMark;
    }

    /** Messages ZeroMQ keeps for each peer until they are read. 0 means no limit. */
    public void setReceiveHighWaterMark(int receiveHighWaterMark) {
        this.receiveHighWaterMark = receiveHighWaterMark;
    }

    public long getLinger() {
        return linger;
    }

    /**
     * How long accepted messages may stay when the socket is closed; then they are lost. 0 means not at all. A stop may
     * take as much longer. Negative is refused, for a dead peer would hold a stop for ever.
     */
    public void setLinger(long linger) {
        this.linger = linger;
    }

    public long getReconnectInterval() {
        return reconnectInterval;
    }

    /** First pause before connecting again; below 1 ms is refused. */
    public void setReconnectInterval(long reconnectInterval) {
        this.reconnectInterval = reconnectInterval;
    }

    public long getReconnectMaxInterval() {
        return reconnectMaxInterval;
    }

    /** The pause doubles up to this; 0 keeps it the same. */
    public void setReconnectMaxInterval(long reconnectMaxInterval) {
        this.reconnectMaxInterval = reconnectMaxInterval;
    }

    public long getHeartbeatInterval() {
        return heartbeatInterval;
    }

    /** How often to send a heartbeat to each peer. 0 means never. */
    public void setHeartbeatInterval(long heartbeatInterval) {
        this.heartbeatInterval = heartbeatInterval;
    }

    public long getHeartbeatTimeout() {
        return heartbeatTimeout;
    }

    /** How long a peer may be silent after a heartbeat; then the connection is closed. 0 means heartbeatInterval. */
    public void setHeartbeatTimeout(long heartbeatTimeout) {
        this.heartbeatTimeout = heartbeatTimeout;
    }

    public long getHeartbeatTtl() {
        return heartbeatTtl;
    }

    /**
     * After which silence the peer should close the connection, up to 655 s, in steps of 100 ms. 0 leaves it to the
     * peer.
     */
    public void setHeartbeatTtl(long heartbeatTtl) {
        this.heartbeatTtl = heartbeatTtl;
    }

    public long getHandshakeTimeout() {
        return handshakeTimeout;
    }

    /**
     * How long a peer may take to say who it is after the connection was made; then the connection is closed and made
     * again. 0 means for ever.
     */
    public void setHandshakeTimeout(long handshakeTimeout) {
        this.handshakeTimeout = handshakeTimeout;
    }

    public boolean isImmediate() {
        return immediate;
    }

    /**
     * As ZMQ_IMMEDIATE of libzmq: queue messages only for connections that are complete, so that sending waits (and
     * fails after sendTimeout) while no peer is there. By default they are queued for the peer to come.
     */
    public void setImmediate(boolean immediate) {
        this.immediate = immediate;
    }

    public long getMaxMessageSize() {
        return maxMessageSize;
    }

    /**
     * Bytes a frame from a peer may have; a peer that announces more is disconnected. As much memory is taken as it
     * announces, before it has sent any of it. -1 means no limit.
     */
    public void setMaxMessageSize(long maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public @Nullable String getRoutingId() {
        return routingId;
    }

    /**
     * The identity by which a ROUTER on the other side knows this socket: 1 to 255 bytes of UTF-8. The default is one
     * the ROUTER invents for each connection.
     */
    public void setRoutingId(@Nullable String routingId) {
        this.routingId = routingId;
    }

    public boolean isRouterHandover() {
        return routerHandover;
    }

    /** For ROUTER: a new peer with the identity of another takes its place, instead of being ignored. */
    public void setRouterHandover(boolean routerHandover) {
        this.routerHandover = routerHandover;
    }

    public int getTcpKeepAlive() {
        return tcpKeepAlive;
    }

    /** TCP keep-alive: 1 on, 0 off, -1 as the system has it. */
    public void setTcpKeepAlive(int tcpKeepAlive) {
        this.tcpKeepAlive = tcpKeepAlive;
    }

    public int getTcpKeepAliveIdle() {
        return tcpKeepAliveIdle;
    }

    /** Seconds of silence before the first probe. -1 as the system has it. */
    public void setTcpKeepAliveIdle(int tcpKeepAliveIdle) {
        this.tcpKeepAliveIdle = tcpKeepAliveIdle;
    }

    public int getTcpKeepAliveInterval() {
        return tcpKeepAliveInterval;
    }

    /** Seconds between probes. -1 as the system has it. */
    public void setTcpKeepAliveInterval(int tcpKeepAliveInterval) {
        this.tcpKeepAliveInterval = tcpKeepAliveInterval;
    }

    public int getTcpKeepAliveCount() {
        return tcpKeepAliveCount;
    }

    /** Probes without answer that end a connection. -1 as the system has it. */
    public void setTcpKeepAliveCount(int tcpKeepAliveCount) {
        this.tcpKeepAliveCount = tcpKeepAliveCount;
    }

    public long getReopenDelay() {
        return reopenDelay;
    }

    /** First pause before a socket that failed (an address in use, say) is opened again; below 1 ms is refused. */
    public void setReopenDelay(long reopenDelay) {
        this.reopenDelay = reopenDelay;
    }

    public long getReopenMaxDelay() {
        return reopenMaxDelay;
    }

    /** That pause doubles up to this. */
    public void setReopenMaxDelay(long reopenMaxDelay) {
        this.reopenMaxDelay = reopenMaxDelay;
    }

    public @Nullable String getIpcPermissions() {
        return ipcPermissions;
    }

    /**
     * Permissions of the file of a bound ipc address, such as rwxrwx---. The default is what the process's umask leaves;
     * anything else than nine such letters is refused.
     */
    public void setIpcPermissions(@Nullable String ipcPermissions) {
        this.ipcPermissions = ipcPermissions;
    }

    public boolean isCurveServer() {
        return curveServer;
    }

    /**
     * Whether this socket is the server of CURVE, which encrypts and knows its clients by key. Needs curveSecretKey.
     */
    public void setCurveServer(boolean curveServer) {
        this.curveServer = curveServer;
    }

    public @Nullable String getCurvePublicKey() {
        return curvePublicKey;
    }

    /** Public key of this socket, 40 characters of Z85 or 64 of hex. Needed by CURVE clients. */
    public void setCurvePublicKey(@Nullable String curvePublicKey) {
        this.curvePublicKey = curvePublicKey;
    }

    public @Nullable String getCurveSecretKey() {
        return curveSecretKey;
    }

    /** Secret key of this socket, 40 characters of Z85 or 64 of hex. */
    public void setCurveSecretKey(@Nullable String curveSecretKey) {
        this.curveSecretKey = curveSecretKey;
    }

    public @Nullable String getCurveServerKey() {
        return curveServerKey;
    }

    /** Public key of the server, 40 characters of Z85 or 64 of hex. Makes this socket a CURVE client. */
    public void setCurveServerKey(@Nullable String curveServerKey) {
        this.curveServerKey = curveServerKey;
    }

    public @Nullable String getCurveAllowedKeys() {
        return curveAllowedKeys;
    }

    /**
     * For the server: public keys of the clients that may connect, separated by commas. Without it, any client that
     * knows the server's public key may.
     */
    public void setCurveAllowedKeys(@Nullable String curveAllowedKeys) {
        this.curveAllowedKeys = curveAllowedKeys;
    }
}
