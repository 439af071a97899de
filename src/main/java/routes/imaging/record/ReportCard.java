package routes.imaging.record;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The daily report: yesterday's numbers as an Adaptive Card 1.2 for a chat's webhook. */
public final class ReportCard {

    private static final String CARD = "application/vnd.microsoft.card.adaptive";

    private final Clock clock;
    private final ZoneId zone;

    ReportCard(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** Named parameters of {@code count-day.sql}: yesterday as a day in UTC, as all days of the workflow. */
    public Map<String, Object> yesterday() {
        LocalDate yesterday = day();
        return Map.of(
                "from", yesterday.atStartOfDay().atOffset(ZoneOffset.UTC),
                "until", yesterday.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
    }

    /** @param row of {@code count-day.sql}; a day without events has a row of zeros */
    public Map<String, Object> card(Map<String, Object> row) {
        Map<String, Object> title = Map.of("type", "TextBlock", "text", day().toString());
        Map<String, Object> facts = Map.of(
                "type",
                "FactSet",
                "facts",
                List.of(
                        fact("Events", row.get("event_count")),
                        fact("Exports", row.get("export_count")),
                        fact("Archives", row.get("archive_count"))));
        Map<String, Object> content = Map.of("type", "AdaptiveCard", "version", "1.2", "body", List.of(title, facts));
        Map<String, Object> attachment = new LinkedHashMap<>();
        attachment.put("contentType", CARD);
        attachment.put("contentUrl", null);
        attachment.put("content", content);
        return Map.of("type", "message", "attachments", List.of(attachment));
    }

    private LocalDate day() {
        return LocalDate.ofInstant(clock.instant(), zone).minusDays(1);
    }

    private static Map<String, Object> fact(String title, @Nullable Object value) {
        return Map.of("title", title, "value", value == null ? 0L : value);
    }
}
