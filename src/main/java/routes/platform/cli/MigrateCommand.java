package routes.platform.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import routes.platform.config.ConfigurationConverters;
import routes.platform.schema.SchemaConfiguration;

/**
 * Migrates the database to the newest schema. Flyway's own lock keeps several migrations at once from disturbing each
 * other.
 */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Migrates the database to the newest schema; waits up to 20 s for it.")
final class MigrateCommand implements Callable<Integer> {

    private final Settings settings;
    private final Attempts attempts;

    @Spec
    private CommandSpec spec;

    MigrateCommand(Settings settings) {
        this(settings, Attempts.STANDARD);
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
    MigrateCommand(Settings settings, Attempts attempts) {
        this.settings = settings;
        this.attempts = attempts;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter messages = spec.commandLine().getErr();
        try (ConfigurableApplicationContext context = settings.open(Schema.class, "sql")) {
            DataSource database = context.getBean(DataSource.class);
            attempts.call("The database", failure -> true, messages, () -> {
                database.getConnection().close();
                return true;
            });
            MigrateResult result = context.getBean(Flyway.class).migrate();
            spec.commandLine()
                    .getOut()
                    .printf(
                            "Schema is at version %s; %d migrations applied%n",
                            result.targetSchemaVersion == null
                                    ? result.initialSchemaVersion
                                    : result.targetSchemaVersion,
                            result.migrationsExecuted);
        }
        return 0;
    }

    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    @Import({ConfigurationConverters.class, SchemaConfiguration.class})
    static class Schema {

        /** Not at the start of the context, but when the database is up. */
        @Bean
        FlywayMigrationStrategy laterByTheCommand() {
            return flyway -> {};
        }
    }
}
