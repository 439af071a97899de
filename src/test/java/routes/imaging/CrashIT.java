package routes.imaging;

import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import routes.platform.CaravanProcess;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Pulls the plug. A failure tells its seed; {@code -Dcaravan.seed=…} chooses it again, though the machine still has a
 * say in what a kill hits.
 */
class CrashIT {

    private static final int WINDOW_MILLIS = 3_000;

    @Test
    @DisplayName("U08 S03 R04 3 kills lose and double none of 20 events")
    void shortSeries() throws Exception {
        killRepeatedly(3, 20);
    }

    @Test
    @Tag("soak")
    @EnabledIfEnvironmentVariable(named = "CARAVAN_SOAK", matches = "true")
    @DisplayName("U08 S03 R04 50 kills lose and double none of 200 events")
    void longSeries() throws Exception {
        killRepeatedly(50, 200);
    }

    private static void killRepeatedly(int kills, int events) throws Exception {
        long seed = Long.getLong("caravan.seed", System.nanoTime());
        Random random = new Random(seed);
        LocalOnes services = new LocalOnes();
        ScheduledExecutorService microscope = Executors.newSingleThreadScheduledExecutor();
        try (CaravanSite site = CaravanSite.on("crash-" + kills, services)) {
            site.note("seed " + seed);
            Duration startUp = Duration.ofSeconds(10);
            for (int kill = 0; kill < kills; kill++) {
                int share = events * (kill + 1) / kills - events * kill / kills;
                CaravanProcess run = site.start();
                boolean ready = kill % 3 != 1;
                if (ready) {
                    startUp = run.awaitReady();
                    site.note("ready after " + startUp);
                }
                for (int i = 0; i < share; i++) {
                    microscope.schedule(site::dropEvent, random.nextInt(WINDOW_MILLIS), TimeUnit.MILLISECONDS);
                }
                int window = ready ? WINDOW_MILLIS : (int) startUp.toMillis();
                Duration delay = Duration.ofMillis(random.nextInt(window));
                run.killAfter(delay);
                site.note("killed %s after %s".formatted(ready ? "ready" : "starting", delay));
            }
            microscope.shutdown();
            microscope.awaitTermination(1, TimeUnit.MINUTES);

            CaravanProcess last = site.start();
            site.note("ready after " + last.awaitReady());
            new Audit(site, services, "seed " + seed).everythingArrivedOnce(last, Duration.ofMinutes(2));

            last.killAfter(Duration.ZERO);
            assertRedisEnds(services.redisPort());
        } finally {
            microscope.shutdownNow();
        }
    }

    private static void assertRedisEnds(int port) {
        Awaitility.await("the child Redis ends with its parent")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
                        .isInstanceOf(ConnectException.class));
    }
}
