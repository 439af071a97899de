package routes.platform.errors;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import routes.platform.attention.AttentionItem;
import routes.platform.attention.AttentionItem.Action;
import routes.platform.attention.AttentionSource;

/** The dead letters that wait for a decision, on the attention list. */
@Component
final class DeadLetterAttention implements AttentionSource {

    private final DeadLetterRepository letters;
    private final Clock clock;

    DeadLetterAttention(DeadLetterRepository letters, Clock clock) {
        this.letters = letters;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "dead-letter";
    }

    @Override
    public boolean concerns(String workflow) {
        return true;
    }

    @Override
    public List<AttentionItem> newest(@Nullable String workflow, int most) {
        return letters.waiting(workflow, most).stream()
                .map(DeadLetterAttention::item)
                .toList();
    }

    @Override
    public long count(@Nullable String workflow) {
        return letters.countWaiting(workflow);
    }

    @Override
    public Optional<AttentionItem> find(String key) {
        return number(key)
                .flatMap(letters::summary)
                .filter(letter -> letter.status().equals(DeadLetterStatus.DEAD.text()))
                .map(letter -> item(letter)
                        .with(Map.of(
                                "url", "/api/1/dead-letters/" + letter.id(),
                                "failed_route", letter.failedRouteId(),
                                "correlation_id", letter.correlationId(),
                                "node", letter.node())));
    }

    @Override
    public boolean requeue(String key) {
        return number(key).filter(id -> letters.queue(id, clock.instant())).isPresent();
    }

    @Override
    public boolean discard(String key) {
        return number(key).filter(id -> letters.discard(id, clock.instant())).isPresent();
    }

    private static AttentionItem item(DeadLetterRepository.Summary letter) {
        String route = letter.routeId();
        String simpleName = letter.exception().substring(letter.exception().lastIndexOf('.') + 1);
        String obstacle = letter.obstacle();
        return new AttentionItem(
                Long.toString(letter.id()),
                route.replaceFirst("-.*", ""),
                "dead-letter",
                "Dead letter " + letter.id() + " of " + route,
                simpleName + ": " + letter.reason() + (obstacle == null ? "" : "; it cannot be requeued: " + obstacle),
                letter.failedAt(),
                obstacle == null ? List.of(Action.REQUEUE, Action.DISCARD) : List.of(Action.DISCARD),
                Map.of());
    }

    private static Optional<Long> number(String key) {
        try {
            return Optional.of(Long.parseLong(key));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
