package routes.imaging.record;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
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
        answer.put("plate", row.get("plate"));
        answer.put("cross_date", text(row, "cross_date"));
        answer.put("position", row.get("position"));
        answer.put("source", source(row));
        answer.put("export", row.get("key") == null ? null : export(row));
        answer.put("archives", archives.stream().map(ApiAnswers::reference).toList());
        return answer;
    }

    public List<Map<String, Object>> dailyStats(List<Map<String, Object>> rows) {
        List<Map<String, Object>> days = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> day = new LinkedHashMap<>();
            day.put(
                    "date",
                    LocalDate.ofEpochDay(((Number) row.get("epoch_day")).longValue())
                            .toString());
            day.put("event_count", row.get("event_count"));
            day.put("export_count", row.get("export_count"));
            day.put("archive_count", row.get("archive_count"));
            days.add(day);
        }
        return days;
    }

    private Map<String, Object> export(Map<String, Object> row) {
        Map<String, Object> export = new LinkedHashMap<>();
        export.put("id", text(row, "id"));
        export.put("ref_id", text(row, "ref_id"));
        export.put("experiment_id", row.get("experiment_id"));
        export.put("timestamp", time(row, "timestamp"));
        export.put("type", type(row));
        export.put("system", row.get("system"));
        putDownload(export, row);
        export.put("uploaded_at", time(row, "uploaded_at"));
        export.put("size", row.get("size"));
        export.put("checksum", row.get("hex"));
        export.put("key", row.get("key"));
        return export;
    }

    private static Map<String, Object> event(Map<String, Object> row) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("ref_id", text(row, "ref_id"));
        event.put("experiment_id", row.get("experiment_id"));
        event.put("timestamp", time(row, "timestamp"));
        event.put("type", type(row));
        event.put("system", row.get("system"));
        event.put("state", stateOf(row).label());
        event.put("imported_at", time(row, "created_at"));
        event.put("exported_at", time(row, "uploaded_at"));
        event.put("archived_at", time(row, "archived_at"));
        event.put("url", "/api/1/events/" + row.get("ref_id"));
        return event;
    }

    private static EventState stateOf(Map<String, Object> row) {
        if (row.get("archived_at") != null) {
            return EventState.ARCHIVED;
        }
        return row.get("uploaded_at") == null ? EventState.IMPORTED : EventState.EXPORTED;
    }

    private Map<String, Object> source(Map<String, Object> row) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("local_path", row.get("local_path"));
        source.put("staging_path", row.get("staging_path"));
        source.put("img_count", row.get("img_count"));
        source.put("img_count_actual", row.get("img_count_actual"));
        source.put("kept_because", row.get("source_kept_because"));
        source.put("staging_kept_because", row.get("staging_kept_because"));
        source.put("raw_metadata", new RawValue((String) row.get("raw_metadata")));
        return source;
    }

    private void putDownload(Map<String, Object> answer, Map<String, Object> row) {
        Optional<String> url = Optional.ofNullable(row.get("key")).map(key -> downloadUrls.apply((String) key));
        answer.put("url", url.orElse(null));
        answer.put(
                "expires_at",
                url.map(presigned -> clock.instant().plus(urlsExpireAfter).toString())
                        .orElse(null));
    }

    private static Map<String, Object> archiveSummary(Map<String, Object> row) {
        Map<String, Object> archive = archiveOf(row);
        archive.put("url", "/api/1/archives/" + row.get("id"));
        archive.put("member_count", row.get("member_count"));
        return archive;
    }

    private static Map<String, Object> archiveOf(Map<String, Object> row) {
        Map<String, Object> archive = new LinkedHashMap<>();
        archive.put("id", text(row, "id"));
        archive.put("path", row.get("path"));
        archive.put("type", type(row));
        archive.put("experiment_id", row.get("experiment_id"));
        archive.put("created_at", time(row, "created_at"));
        return archive;
    }

    private static Map<String, Object> reference(Map<String, Object> row) {
        Map<String, Object> archive = new LinkedHashMap<>();
        archive.put("id", text(row, "id"));
        archive.put("path", row.get("path"));
        archive.put("member_key", row.get("member_key"));
        archive.put("created_at", time(row, "created_at"));
        archive.put("url", "/api/1/archives/" + row.get("id"));
        return archive;
    }

    private static Map<String, Object> member(Map<String, Object> row) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("member_key", row.get("member_key"));
        member.put("ref_id", text(row, "ref_id"));
        member.put("timestamp", time(row, "timestamp"));
        member.put("checksum", row.get("hex"));
        member.put("size", row.get("size"));
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

    private static @Nullable Object type(Map<String, Object> row) {
        return lower(row.get("type"));
    }

    private static @Nullable Object lower(@Nullable Object text) {
        return text instanceof String string ? string.toLowerCase(Locale.ROOT) : text;
    }

    private static @Nullable String text(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : value.toString();
    }

    private static @Nullable String time(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : SqlTimes.instantOf(value).toString();
    }
}
