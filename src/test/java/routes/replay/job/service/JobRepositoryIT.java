package routes.replay.job.service;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import routes.platform.Peers;
import routes.platform.PostgresServer;

/** Jobs in PostgreSQL. */
@Tag("peer")
class JobRepositoryIT extends JobRepositoryTest {

    private static PostgresServer postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.start(Peers.require("postgresql", PostgresServer.installed()));
    }

    @AfterAll
    static void stop() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Override
    DataSource database() {
        return postgres.dataSource();
    }
}
