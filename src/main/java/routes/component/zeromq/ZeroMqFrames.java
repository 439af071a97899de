package routes.component.zeromq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.jspecify.annotations.Nullable;
import routes.component.zeromq.socket.ZeroMqBodyType;

/** Bodies as frames and frames as bodies. */
final class ZeroMqFrames {

    private final ZeroMqBodyType bodyType;

    ZeroMqFrames(ZeroMqBodyType bodyType) {
        this.bodyType = bodyType;
    }

    /** A list has a frame for each element, anything else is one frame; nothing is an empty frame. */
    List<byte[]> frames(Exchange exchange, @Nullable Object body) {
        if (body instanceof List<?> parts && !parts.isEmpty()) {
            List<byte[]> frames = new ArrayList<>(parts.size());
            for (Object part : parts) {
                frames.add(frame(exchange, part));
            }
            return frames;
        }
        return List.of(frame(exchange, body instanceof List<?> ? null : body));
    }

    /** What a route sees of these frames. */
    Object body(List<byte[]> frames) {
        return bodyType == ZeroMqBodyType.auto && frames.size() == 1 ? frames.get(0) : frames;
    }

    /** Text is always UTF-8, whatever the platform's character set is. */
    byte[] frame(Exchange exchange, @Nullable Object part) {
        if (part == null) {
            return new byte[0];
        }
        if (part instanceof byte[] bytes) {
            return bytes;
        }
        if (part instanceof CharSequence text) {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        byte[] converted = exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, exchange, part);
        if (converted == null) {
            throw new TypeConversionException(
                    part,
                    byte[].class,
                    new IllegalArgumentException("A value of type "
                            + part.getClass().getName() + " cannot be a frame of ZeroMQ: make it bytes or text first"));
        }
        return converted;
    }
}
