package routes.imaging.record;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** A page of uploads as RFC 4180 CSV; the columns are the fields of the contract's {@code Export}, in its order. */
public final class ExportsCsv {

    private static final List<String> COLUMNS = List.of(
            "id",
            "ref_id",
            "experiment_id",
            "timestamp",
            "type",
            "system",
            "key",
            "size",
            "checksum",
            "url",
            "expires_at",
            "uploaded_at");
    private static final String END_OF_LINE = "\r\n";

    public String write(List<Map<String, Object>> exports) {
        StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append(END_OF_LINE);
        for (Map<String, Object> export : exports) {
            text.append(COLUMNS.stream()
                            .map(column -> field(export.get(column)))
                            .collect(Collectors.joining(",")))
                    .append(END_OF_LINE);
        }
        return text.toString();
    }

    private static String field(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
