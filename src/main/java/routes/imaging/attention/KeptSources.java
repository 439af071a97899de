package routes.imaging.attention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import routes.platform.attention.AttentionItem;
import routes.platform.attention.AttentionSource;

/** The time steps whose source is past its lifespan and kept by retention, with its reason, on the attention list. */
final class KeptSources implements AttentionSource {

    private final JdbcClient sql;
    private final String list = statement("list-kept-sources");
    private final String count = statement("count-kept-sources");

    KeptSources(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public String name() {
        return "imaging-kept-source";
    }

    @Override
    public List<AttentionItem> newest(@Nullable String workflow, int most) {
        return query(null, most);
    }

    @Override
    public long count(@Nullable String workflow) {
        return sql.sql(count).query(Long.class).single();
    }

    @Override
    public Optional<AttentionItem> find(String key) {
        try {
            UUID refId = UUID.fromString(key);
            return query(refId, 1).stream()
                    .findFirst()
                    .map(item -> item.with(Map.of(
                            "url", "/api/1/events/" + refId,
                            "upload_again", "POST /api/1/operations/re-upload/" + refId)));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private List<AttentionItem> query(@Nullable UUID refId, int most) {
        return sql.sql(list)
                .param("refId", refId == null ? null : refId.toString(), Types.VARCHAR)
                .param("limit", most)
                .query(KeptSources::item)
                .list();
    }

    private static AttentionItem item(ResultSet row, int number) throws SQLException {
        return new AttentionItem(
                row.getString("ref_id"),
                "imaging",
                "kept-source",
                "Source " + row.getString("local_path") + " of " + row.getString("system"),
                row.getString("source_kept_because"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                List.of(),
                Map.of());
    }

    private static String statement(String name) {
        try {
            return new ClassPathResource("sql/imaging/" + name + ".sql").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The statement " + name + " is missing from the jar", e);
        }
    }
}
