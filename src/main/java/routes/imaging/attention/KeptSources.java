package routes.imaging.attention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import routes.platform.attention.AttentionItem;
import routes.platform.attention.AttentionSource;
import routes.platform.sql.SqlStatements;
import routes.platform.sql.SqlTimes;

/** Shows time steps on the attention list whose source is past its lifespan but kept by retention, with the reason. */
final class KeptSources implements AttentionSource {

    private static final SqlStatements SQL = new SqlStatements("imaging");

    private final JdbcClient sql;
    private final String list = SQL.read("list-kept-sources");
    private final String count = SQL.read("count-kept-sources");

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
                SqlTimes.instant(row, "updated_at"),
                List.of(),
                Map.of());
    }
}
