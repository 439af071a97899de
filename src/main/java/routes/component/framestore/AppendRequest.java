package routes.component.framestore;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.NoSuchHeaderException;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.VideoInfo;

/**
 * What an exchange brings to be appended.
 *
 * @param several it brought a list of entries, and wants a list of indices
 */
record AppendRequest(List<NewEntry> entries, boolean several) {

    static AppendRequest of(Exchange exchange) throws InvalidPayloadException, NoSuchHeaderException {
        Object body = exchange.getMessage().getBody();
        if (body instanceof List<?> list && isOfEntries(list, exchange)) {
            return new AppendRequest(list.stream().map(NewEntry.class::cast).toList(), true);
        }
        return new AppendRequest(List.of(entry(exchange)), false);
    }

    /** An empty list is one of entries, too, unless headers describe an entry without parts. */
    private static boolean isOfEntries(List<?> list, Exchange exchange) {
        return list.isEmpty()
                ? exchange.getMessage().getHeader(FrameStoreConstants.SOURCE) == null
                : list.get(0) instanceof NewEntry;
    }

    Object answer(List<Long> indices) {
        return several ? indices : indices.get(0);
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

    private static String source(Exchange exchange) throws NoSuchHeaderException {
        String source = exchange.getMessage().getHeader(FrameStoreConstants.SOURCE, String.class);
        if (source == null) {
            throw new NoSuchHeaderException(exchange, FrameStoreConstants.SOURCE, String.class);
        }
        return source;
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
}
