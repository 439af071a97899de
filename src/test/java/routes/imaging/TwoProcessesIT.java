package routes.imaging;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.platform.CaravanProcess;

import static org.assertj.core.api.Assertions.assertThat;

class TwoProcessesIT {

    @Test
    @DisplayName("CI4 U13 two processes on the same folders, streams, bucket and tables share the work and double none")
    void shareTheWork() throws Exception {
        try (ForeignOnes services = new ForeignOnes();
                CaravanSite first = CaravanSite.on("first", services);
                CaravanSite second = first.twin("second")) {
            CaravanProcess one = first.start();
            one.awaitReady();
            CaravanProcess two = second.start();
            two.awaitReady();

            first.dropEvents(40);

            // Neither is spelled by the encoding of these processes
            SampleEvent german = first.dropEventNamed("Ereignis \u00fc ");
            SampleEvent chinese = first.dropEventNamed("\u4e8b\u4ef6 ");

            new Audit(first, services, "two processes").everythingArrivedOnce(one, Duration.ofMinutes(2));
            new Audit(second, services, "two processes").everythingArrivedOnce(two, Duration.ofMinutes(2));
            assertThat(one.output()).as("log of the first").contains("Upload announced");
            assertThat(two.output()).as("log of the second").contains("Upload announced");
            for (CaravanProcess run : List.of(one, two)) {
                assertThat(run.output()).containsOnlyOnce("Set LC_ALL=C.UTF-8").doesNotContain("InvalidPathException");
            }
            for (SampleEvent event : List.of(german, chinese)) {
                assertThat(one.get("/api/1/events/" + event.refId()).body()).contains(event.imageDir());
            }
        }
    }
}
