package routes.imaging;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.platform.CaravanProcess;

import static org.assertj.core.api.Assertions.assertThat;

class StopIT {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    @DisplayName("O04 SIGTERM under load ends within 10 s and loses and doubles nothing")
    void stopsInTime() throws Exception {
        LocalOnes services = new LocalOnes();
        try (CaravanSite site = CaravanSite.on("stop", services)) {
            site.dropEvents(150);
            CaravanProcess busy = site.start();
            site.note("ready after " + busy.awaitReady());
            awaitFirstUpload(busy, site);

            Duration took = busy.terminate();
            site.note("stopped after " + took);
            assertThat(took).as("time to stop; log: %s", site.log()).isLessThan(LIMIT);

            CaravanProcess next = site.start();
            next.awaitReady();
            new Audit(site, services, "after SIGTERM").everythingArrivedOnce(next, Duration.ofMinutes(2));
            Duration idle = next.terminate();
            site.note("stopped after " + idle);
            assertThat(idle).as("time to stop when idle; log: %s", site.log()).isLessThan(LIMIT);
        }
    }

    private static void awaitFirstUpload(CaravanProcess busy, CaravanSite site) {
        Awaitility.await("first upload; log: " + site.log())
                .atMost(Duration.ofMinutes(1))
                .until(() -> busy.output().contains("Upload announced"));
    }
}
