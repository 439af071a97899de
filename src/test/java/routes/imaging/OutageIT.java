package routes.imaging;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.platform.CaravanProcess;

/** Each service is away for a while under load: 3 s, or 30 s in the soak series. */
class OutageIT {

    private static final boolean SOAK = "true".equals(System.getenv("CARAVAN_SOAK"));
    private static final Duration OUTAGE = Duration.ofSeconds(SOAK ? 30 : 3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PERIOD_MILLIS = SOAK ? 500 : 250;

    private static ForeignOnes services;
    private static CaravanSite site;
    private static CaravanProcess caravan;

    @BeforeAll
    static void start() throws Exception {
        services = new ForeignOnes();
        site = CaravanSite.on("outage", services);
        caravan = site.start();
        site.note("ready after " + caravan.awaitReady());
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
        services.close();
    }

    @Test
    @DisplayName("I15 nothing is lost or doubled while Redis is away")
    void redis() throws Exception {
        nothingIsLostBetween(services::stopRedis, services::startRedis);
    }

    @Test
    @DisplayName("U06 nothing is lost or doubled while S3 is away")
    void objectStore() throws Exception {
        nothingIsLostBetween(services::stopS3, services::startS3);
    }

    @Test
    @DisplayName("D13 nothing is lost or doubled while the database is away")
    void database() throws Exception {
        nothingIsLostBetween(services::stopDatabase, services::startDatabase);
    }

    private static void nothingIsLostBetween(Step stop, Step start) throws Exception {
        ScheduledExecutorService microscope = Executors.newSingleThreadScheduledExecutor();
        try {
            int before = site.events().size();
            ScheduledFuture<?> load =
                    microscope.scheduleAtFixedRate(site::dropEvent, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            awaitEvents(before + 4);
            site.note("outage begins");
            stop.take();
            awaitEvents(before + 4 + (int) (OUTAGE.toMillis() / PERIOD_MILLIS));
            start.take();
            site.note("outage ends");
            awaitEvents(site.events().size() + 4);
            load.cancel(false);
        } finally {
            microscope.shutdown();
            microscope.awaitTermination(1, TimeUnit.MINUTES);
        }
        long end = System.nanoTime();
        new Audit(site, services, "outage of " + OUTAGE).everythingArrivedOnce(caravan, PATIENCE);
        site.note("caught up after " + Duration.ofNanos(System.nanoTime() - end));
    }

    /** The load is the clock: an outage lasts for a number of events. */
    private static void awaitEvents(int number) {
        Awaitility.await()
                .atMost(OUTAGE.plusMinutes(1))
                .until(() -> site.events().size() >= number);
    }

    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
    }
}
