package routes.imaging;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** What the application logs while this is open, with the fields each line carries. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        start();
        root.addAppender(this);
    }

    public record Line(String level, String message, Map<String, String> fields, boolean hasStackTrace) {}

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(new Line(
                event.getLevel().toString(),
                event.getFormattedMessage(),
                Map.copyOf(event.getMDCPropertyMap()),
                event.getThrowableProxy() != null));
    }

    public List<Line> containing(String text) {
        return lines.stream().filter(line -> line.message().contains(text)).toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
