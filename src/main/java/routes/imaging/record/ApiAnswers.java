package routes.imaging.record;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.util.RawValue;
import org.jspecify.annotations.Nullable;
import routes.platform.NotFoundException;
import routes.platform.sql.SqlTimes;

/** Turns rows of the database into the answers of the HTTP queries, with the original's names. */
public final class ApiAnswers {

    private static final String NOT_FOUND = "item not found";

    private final UnaryOperator<String> downloadUrls;
    private final Duration urlsExpireAfter;
    private final Clock clock;

    ApiAnswers(UnaryOperator<String> downloadUrls, Duration urlsExpireAfter, Clock clock) {
        this.downloadUrls = downloadUrls;
        this.urlsExpireAfter = urlsExpireAfter;
        this.clock = clock;
    }

    public Map<String, Object> exports(List<Map<String, Object>> rows, Number count) {
        return page(rows.stream().map(this::export).toList(), count);
    }

    public Map<String, Object> archives(List<Map<String, Object>> rows, Number count) {
        return page(rows.stream().map(ApiAnswers::archiveSummary).toList(), count);
    }

    public Map<String, Object> events(List<Map<String, Object>> rows, Number count) {
        return page(rows.stream().map(ApiAnswers::event).toList(), count);
    }

    /** @throws NotFoundException when there is no such archive */
    public Map<String, Object> archive(List<Map<String, Object>> rows, List<Map<String, Object>> members) {
        Map<String, Object> answer = archiveOf(only(rows));
        answer.put(
                "experiment_ids",
                members.stream()
                        .map(member -> member.get("experiment_id"))
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted()
                        .toList());
        answer.put("members", members.stream().map(ApiAnswers::member).toList());
        return answer;
    }

    /** @throws NotFoundException when there is no such event */
    public Map<String, Object> event(List<Map<String, Object>> rows, List<Map<String, Object>> archives) {
        Map<String, Object> row = only(rows);
        Map<String, Object> answer = event(row);
        answer.putAll(columns(row, "plate", "cross_date", "position"));
        answer.put("source", source(row));
        answer.put("export", row.get("key") == null ? null : export(row));
        answer.put("archives", archives.stream().map(ApiAnswers::reference).toList());
        return answer;
    }

    public List<Map<String, Object>> dailyStats(List<Map<String, Object>> rows) {
        return rows.stream().map(ApiAnswers::day).toList();
    }

    private static Map<String, Object> day(Map<String, Object> row) {
        Map<String, Object> day = new LinkedHashMap<>();
        long epochDay = ((Number) row.get("epoch_day")).longValue();
        day.put("date", LocalDate.ofEpochDay(epochDay).toString());
        day.putAll(columns(row, "event_count", "export_count", "archive_count"));
        return day;
    }

    private Map<String, Object> export(Map<String, Object> row) {
        Map<String, Object> export = columns(row, "id", "ref_id", "experiment_id", "timestamp", "type", "system");
        Optional<String> url = Optional.ofNullable(row.get("key")).map(key -> downloadUrls.apply((String) key));
        export.put("url", url.orElse(null));
        export.put(
                "expires_at",
                url.map(signed -> clock.instant().plus(urlsExpireAfter).toString())
                        .orElse(null));
        export.putAll(columns(row, "uploaded_at", "size", "key"));
        export.put("checksum", row.get("hex"));
        return export;
    }

    private static Map<String, Object> event(Map<String, Object> row) {
        Map<String, Object> event = columns(row, "ref_id", "experiment_id", "timestamp", "type", "system");
        event.put("state", stateOf(row).label());
        event.put("imported_at", json(row.get("created_at")));
        event.put("exported_at", json(row.get("uploaded_at")));
        event.put("archived_at", json(row.get("archived_at")));
        event.put("url", "/api/1/events/" + row.get("ref_id"));
        return event;
    }

    private static EventState stateOf(Map<String, Object> row) {
        if (row.get("archived_at") != null) {
            return EventState.ARCHIVED;
        }
        return row.get("uploaded_at") == null ? EventState.IMPORTED : EventState.EXPORTED;
    }

    private static Map<String, Object> source(Map<String, Object> row) {
        Map<String, Object> source =
                columns(row, "local_path", "staging_path", "img_count", "img_count_actual", "staging_kept_because");
        source.put("kept_because", row.get("source_kept_because"));
        source.put("raw_metadata", new RawValue((String) row.get("raw_metadata")));
        return source;
    }

    private static Map<String, Object> archiveSummary(Map<String, Object> row) {
        Map<String, Object> archive = archiveOf(row);
        archive.put("url", "/api/1/archives/" + row.get("id"));
        archive.put("member_count", row.get("member_count"));
        return archive;
    }

    private static Map<String, Object> archiveOf(Map<String, Object> row) {
        return columns(row, "id", "path", "type", "experiment_id", "created_at");
    }

    private static Map<String, Object> reference(Map<String, Object> row) {
        Map<String, Object> archive = columns(row, "id", "path", "member_key", "created_at");
        archive.put("url", "/api/1/archives/" + row.get("id"));
        return archive;
    }

    private static Map<String, Object> member(Map<String, Object> row) {
        Map<String, Object> member = columns(row, "member_key", "ref_id", "timestamp", "size");
        member.put("checksum", row.get("hex"));
        return member;
    }

    private static Map<String, Object> page(List<Map<String, Object>> items, Number count) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("count", count);
        page.put("data", items);
        return page;
    }

    private static Map<String, Object> only(List<Map<String, Object>> rows) {
        return rows.stream().findFirst().orElseThrow(() -> new NotFoundException(NOT_FOUND));
    }

    /** Columns whose names are those of the contract. */
    private static Map<String, Object> columns(Map<String, Object> row, String... names) {
        Map<String, Object> answer = new LinkedHashMap<>();
        for (String name : names) {
            answer.put(name, json(row.get(name)));
        }
        answer.computeIfPresent("type", (name, type) -> type.toString().toLowerCase(Locale.ROOT));
        return answer;
    }

    /** Numbers stay numbers; a moment is written in UTC, anything else as text. */
    private static @Nullable Object json(@Nullable Object value) {
        if (value instanceof OffsetDateTime || value instanceof Timestamp) {
            return SqlTimes.instantOf(value).toString();
        }
        return value == null || value instanceof Number ? value : value.toString();
    }
}
