package routes.platform.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;
import routes.platform.FolderRights;

/**
 * Fills {@code caravan.node-name} where it is unset: {@code <host>-<8 hex digits>}, kept in the data folder. A process
 * that was killed finds its own unfinished work again at once, under the same name. The name is held by a file lock;
 * a second process on the same folder gets a name of its own, as does one that cannot write there.
 */
class NodeName implements EnvironmentPostProcessor, Ordered {

    private static final String KEY = "caravan.node-name";
    private static final String FILE = "node-name";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (StringUtils.hasText(environment.getProperty(KEY))) {
            return;
        }
        Path folder = Path.of(environment.getProperty("caravan.data-dir", "./data"));
        String fresh = environment.getProperty("HOSTNAME", "localhost") + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("node name", Map.of(KEY, kept(folder, fresh, application))));
    }

    private static String kept(Path folder, String fresh, SpringApplication application) {
        try {
            FolderRights.PASSABLE.make(folder);
            FileChannel lock = FileChannel.open(
                    folder.resolve(FILE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isFree(lock)) {
                lock.close();
                return fresh;
            }
            application.addListeners((ApplicationListener<ContextClosedEvent>) closed -> close(lock));
            Path file = folder.resolve(FILE);
            if (!Files.exists(file)) {
                Files.writeString(file, fresh);
            }
            String name = Files.readString(file).strip();
            return name.isEmpty() ? fresh : name;
        } catch (IOException unwritable) {
            return fresh;
        }
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException released) {
            // The process is ending, and the lock ends with it
        }
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 2;
    }
}
