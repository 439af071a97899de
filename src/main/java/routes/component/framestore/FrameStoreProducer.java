package routes.component.framestore;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.NoSuchHeaderException;
import org.apache.camel.support.DefaultProducer;

/**
 * Appends to the store. Synchronous, so that a route acknowledges its source only after the entry is durable;
 * entries of several exchanges or of a list are committed together.
 */
public class FrameStoreProducer extends DefaultProducer {

    private final FrameStoreEndpoint endpoint;

    FrameStoreProducer(FrameStoreEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        FrameStoreOperation operation = exchange.getMessage()
                .getHeader(
                        FrameStoreConstants.OPERATION,
                        endpoint.getConfiguration().getOperation(),
                        FrameStoreOperation.class);
        switch (operation) {
            case append -> append(exchange);
            case delete -> exchange.getMessage().setBody(delete(exchange));
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        endpoint.store();
    }

    private void append(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        boolean several = body instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof NewEntry;
        List<NewEntry> entries = several ? entries((List<?>) body) : List.of(entry(exchange));
        try {
            List<Long> indices = endpoint.store().append(entries).join();
            message.setHeader(FrameStoreConstants.INDEX, several ? indices : indices.get(0));
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private long delete(Exchange exchange) throws NoSuchHeaderException {
        Message message = exchange.getMessage();
        long from = message.getHeader(FrameStoreConstants.FROM, 0L, Long.class);
        long to = message.getHeader(FrameStoreConstants.TO, Long.MAX_VALUE, Long.class);
        return endpoint.store().delete(source(exchange), from, to);
    }

    private static List<NewEntry> entries(List<?> body) {
        return body.stream().map(NewEntry.class::cast).toList();
    }

    private static NewEntry entry(Exchange exchange) throws InvalidPayloadException, NoSuchHeaderException {
        Message message = exchange.getMessage();
        if (message.getBody() instanceof NewEntry entry) {
            return entry;
        }
        EntryInfo info = new EntryInfo(
                source(exchange),
                message.getHeader(FrameStoreConstants.KIND, EntryKind.FRAME, EntryKind.class),
                message.getHeader(FrameStoreConstants.UUID, UUID.class),
                message.getHeader(FrameStoreConstants.CREATED, BigInteger.class),
                message.getHeader(FrameStoreConstants.VIDEO, VideoInfo.class));
        return new NewEntry(info, topic(message, info.sourceId()), parts(message));
    }

    private static byte[] topic(Message message, String otherwise) {
        byte[] topic = message.getHeader(FrameStoreConstants.TOPIC, byte[].class);
        return topic == null ? otherwise.getBytes(StandardCharsets.UTF_8) : topic;
    }

    private static List<byte[]> parts(Message message) throws InvalidPayloadException {
        if (!(message.getBody() instanceof List<?> list)) {
            return List.of(message.getMandatoryBody(byte[].class));
        }
        List<byte[]> parts = new ArrayList<>(list.size());
        for (Object part : list) {
            if (!(part instanceof byte[] bytes)) {
                throw new IllegalArgumentException("A frame store takes a list of byte[] or of NewEntry; there is "
                        + (part == null ? "null" : part.getClass().getName()) + " in it");
            }
            parts.add(bytes);
        }
        return parts;
    }

    private static String source(Exchange exchange) throws NoSuchHeaderException {
        String source = exchange.getMessage().getHeader(FrameStoreConstants.SOURCE, String.class);
        if (source == null) {
            throw new NoSuchHeaderException(exchange, FrameStoreConstants.SOURCE, String.class);
        }
        return source;
    }
}
