package routes.local;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class H2DatabaseTest {

    @TempDir
    Path folder;

    private H2Database database;

    @BeforeEach
    void start() throws Exception {
        database = new H2Database(folder.resolve("sql"));
        database.start();
    }

    @Test
    @DisplayName("speaks PostgreSQL's dialect and keeps its rows when closed")
    void keepsRows() throws Exception {
        try (Connection connection = connect(database)) {
            createTable(connection);
            insert(connection, 1);
            execute(connection, "insert into event(id) values (1) on conflict do nothing");
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    @DisplayName("keeps every committed row when the process is killed right after the commit")
    void survivesKill() throws Exception {
        Process java = TestJvm.start(H2DatabaseTest.class, database.folder().toString());

        assertThat(java.waitFor()).isEqualTo(137);
        assertThat(count()).isEqualTo(300);
    }

    @Test
    @DisplayName("an interrupted thread does not close the database under the others")
    void survivesInterrupt() throws Exception {
        try (Connection other = connect(database)) {
            createTable(other);
            Thread writer = new Thread(() -> insertInterrupted(200));
            writer.start();
            writer.join();

            insert(other, -1);
            assertThat(count()).isEqualTo(201);
        }
    }

    /** The process that dies: commits row by row, then is gone without closing anything. */
    public static void main(String[] args) throws Exception {
        try (Connection connection = connect(new H2Database(Path.of(args[0])))) {
            createTable(connection);
            for (int id = 0; id < 300; id++) {
                insert(connection, id);
            }
            Runtime.getRuntime().halt(137);
        }
    }

    private void insertInterrupted(int rows) {
        try (Connection connection = connect(database)) {
            for (int id = 0; id < rows; id++) {
                Thread.currentThread().interrupt();
                insert(connection, id);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int count() throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from event")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void createTable(Connection connection) throws SQLException {
        execute(
                connection,
                "create table event(id bigint primary key, at timestamp with time zone default now(), body jsonb)");
    }

    private static void insert(Connection connection, int id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into event(id) values (?)")) {
            insert.setInt(1, id);
            insert.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(H2Database database) throws SQLException {
        String url = database.clientProperties().get("spring.datasource.url").toString();
        return DriverManager.getConnection(url, "sa", "");
    }
}
