package routes.platform.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import routes.platform.sql.SqlStatements;

/** The table {@code lease}: locks by ShedLock, with the time of the database, and our fencing number beside them. */
class LeaseStore {

    private static final SqlStatements SQL = new SqlStatements("platform");

    private static final Logger LOG = LoggerFactory.getLogger(LeaseStore.class);

    private final JdbcTemplateLockProvider locks;
    private final JdbcClient jdbc;
    private final ProcessIdentity self;
    private final Duration duration;
    private final String raiseFence = SQL.read("raise-lease-fence");
    private final String readFence = SQL.read("read-lease-fence");
    private final String readHolder = SQL.read("read-lease-holder");
    private final String expire = SQL.read("expire-lease-of-dead");
    private final DataSource database;

    LeaseStore(DataSource database, ProcessIdentity self, Duration duration) {
        this.database = database;
        this.locks = new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
                .withJdbcTemplate(new JdbcTemplate(database))
                .withTableName("lease")
                .withLockedByValue(self.toString())
                .usingDbTime()
                .withThrowUnexpectedException(true)
                .build());
        this.jdbc = JdbcClient.create(database);
        this.self = self;
        this.duration = duration;
    }

    /** A lock and the fencing number it was taken under. */
    record Held(SimpleLock lock, long fence) {}

    /** @param held whether the lease has not run out */
    record Holder(String name, String process, long fence, boolean held) {}

    ProcessIdentity self() {
        return self;
    }

    /** Empty when another process holds it. */
    Optional<Held> acquire(String name) {
        return lock(name)
                .or(() -> expireIfHolderIsDead(name) ? lock(name) : Optional.empty())
                .flatMap(lock -> raiseFence(name, lock));
    }

    /** Empty when the lease ran out and is lost. The lock that was passed in must not be used again. */
    Optional<Held> renew(Held held) {
        return held.lock().extend(duration, Duration.ZERO).map(lock -> new Held(lock, held.fence()));
    }

    void release(Held held) {
        held.lock().unlock();
    }

    Optional<String> holderOf(String name) {
        return jdbc.sql(readHolder).param("name", name).query(String.class).optional();
    }

    List<Holder> holders() {
        // ShedLock writes UTC on PostgreSQL and the session's time on H2.
        String now = isPostgres() ? "timezone('utc', current_timestamp)" : "current_timestamp(3)";
        return jdbc.sql(SQL.read("list-leases").replace("/*now*/", now))
                .query(Holder.class)
                .list();
    }

    private Optional<SimpleLock> lock(String name) {
        return locks.lock(new LockConfiguration(Clock.systemUTC().instant(), name, duration, Duration.ZERO));
    }

    /**
     * Nobody else raises the number while the lock is ours; if it has passed on meanwhile, the condition fails. Only
     * the process that raised the number holds the lease.
     */
    private Optional<Held> raiseFence(String name, SimpleLock lock) {
        int raised = jdbc.sql(raiseFence)
                .param("name", name)
                .param("self", self.toString())
                .update();
        if (raised == 0) {
            return Optional.empty();
        }
        Optional<Long> fence = jdbc.sql(readFence)
                .param("name", name)
                .param("self", self.toString())
                .query(Long.class)
                .optional();
        return fence.map(number -> new Held(lock, number));
    }

    private boolean expireIfHolderIsDead(String name) {
        Optional<String> holder = holderOf(name);
        boolean dead =
                holder.flatMap(ProcessIdentity::parse).filter(self::provesDead).isPresent();
        if (!dead) {
            return false;
        }
        LOG.info("Lease {} is taken over from {}, which is no longer running", name, holder.get());
        return jdbc.sql(expire).param("name", name).param("dead", holder.get()).update() == 1;
    }

    private boolean isPostgres() {
        try {
            String product = JdbcUtils.commonDatabaseName(
                    JdbcUtils.extractDatabaseMetaData(database, meta -> meta.getDatabaseProductName()));
            return "PostgreSQL".equals(product);
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The database does not say what it is", e);
        }
    }
}
