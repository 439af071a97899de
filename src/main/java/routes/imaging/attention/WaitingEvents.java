package routes.imaging.attention;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import routes.imaging.event.inbox.EventInbox;
import routes.imaging.event.inbox.WaitingEvent;
import routes.platform.attention.AttentionItem;
import routes.platform.attention.AttentionSource;

/** Shows event files on the attention list that are not taken yet, in the process that reads their folder. */
final class WaitingEvents implements AttentionSource {

    private final List<EventInbox> inboxes;

    WaitingEvents(List<EventInbox> inboxes) {
        this.inboxes = inboxes;
    }

    @Override
    public String name() {
        return "imaging-waiting-event";
    }

    @Override
    public List<AttentionItem> newest(@Nullable String workflow, int most) {
        return events().sorted(Comparator.comparing(WaitingEvent::since).reversed())
                .limit(most)
                .map(WaitingEvents::item)
                .toList();
    }

    @Override
    public long count(@Nullable String workflow) {
        return events().count();
    }

    @Override
    public Optional<AttentionItem> find(String key) {
        return events().filter(event -> keyOf(event).equals(key)).findFirst().map(event -> item(event)
                .with(Map.of("until", event.until().toString())));
    }

    private Stream<WaitingEvent> events() {
        return inboxes.stream().flatMap(inbox -> inbox.readiness().waitingEvents().stream());
    }

    private static AttentionItem item(WaitingEvent event) {
        return new AttentionItem(
                keyOf(event),
                "imaging",
                "waiting-event",
                "Event " + keyOf(event),
                event.reason() + " (waits until " + event.until() + ")",
                event.since(),
                List.of(),
                Map.of());
    }

    private static String keyOf(WaitingEvent event) {
        return event.system() + "/" + event.file();
    }
}
