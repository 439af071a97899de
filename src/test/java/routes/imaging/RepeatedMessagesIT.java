package routes.imaging;

import java.time.Duration;
import java.util.Map;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.platform.CaravanProcess;

import static org.assertj.core.api.Assertions.assertThat;

class RepeatedMessagesIT {

    private static final int EVENTS = 10;
    private static final String NEW_EVENTS = "data-ingester:new-imaging-event";
    private static final String NEW_EXPORTS = "upload-worker:new-export";

    @Test
    @DisplayName(
            "D02 D05 U10 messages that come five times make one row and one object, before and after the first upload")
    void fiveTimes() throws Exception {
        try (ForeignOnes services = new ForeignOnes();
                CaravanSite site = CaravanSite.on("repeated", services)) {
            Audit audit = new Audit(site, services, "messages five times");
            CaravanProcess ingester = site.start("--imaging.upload.enabled=false", "--imaging.state.enabled=false");
            ingester.awaitReady();
            site.dropEvents(EVENTS);
            Awaitility.await("publication; log: " + site.log())
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> length(services, NEW_EVENTS) == EVENTS);
            ingester.terminate();
            repeat(services, NEW_EVENTS);

            CaravanProcess all = site.start();
            all.awaitReady();
            audit.everythingArrivedOnce(all, Duration.ofMinutes(2));
            Map<String, String> objects = audit.objectTimes();

            repeat(services, NEW_EVENTS);
            repeat(services, NEW_EXPORTS);
            audit.everythingArrivedOnce(all, Duration.ofMinutes(2));
            assertThat(audit.objectTimes()).as("no object was written again").isEqualTo(objects);
        }
    }

    private static long length(ForeignOnes services, String stream) {
        try (RedisClient client = RedisClient.create(services.redisUrl());
                StatefulRedisConnection<String, String> redis = client.connect()) {
            return redis.sync().xlen(stream);
        }
    }

    /** Appends every entry four times more. */
    private static void repeat(ForeignOnes services, String stream) {
        try (RedisClient client = RedisClient.create(services.redisUrl());
                StatefulRedisConnection<String, String> redis = client.connect()) {
            for (StreamMessage<String, String> entry : redis.sync().xrange(stream, Range.unbounded())) {
                for (int copy = 0; copy < 4; copy++) {
                    redis.sync().xadd(stream, entry.getBody());
                }
            }
        }
    }
}
