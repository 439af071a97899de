package routes.platform.config;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of Caravan as a whole.
 *
 * @param dataDir where everything that must survive a restart is kept; created when absent
 * @param nodeName name of this process in leases, consumer groups and dead letters; never empty, see {@link NodeName}
 * @param routesDirectory folder with a site's own YAML routes, loaded at start and again when they change
 * @param log what the log looks like
 */
@Validated
@ConfigurationProperties("caravan")
public record CaravanProperties(
        @Folder @DefaultValue("./data") Path dataDir,
        @DefaultValue("") String nodeName,
        @Folder(writable = false) @DefaultValue("./routes.d") Path routesDirectory,
        @DefaultValue Log log) {

    /** @param format text for people, json for collectors: one object a line, in Logstash's layout */
    public record Log(@DefaultValue("text") Format format) {}

    /** Layout of the log on standard output. */
    public enum Format {
        TEXT,
        JSON
    }
}
