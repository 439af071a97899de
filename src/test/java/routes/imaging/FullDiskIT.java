package routes.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.platform.CaravanProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Needs a file system of its own that is soon full, which only root may mount. */
@Tag("peer")
class FullDiskIT {

    private static final int DISK = 24 << 20;

    @Test
    @DisplayName("S03 an event whose staging copy finds the disk full is kept, and goes on when there is room")
    void waitsForRoom() throws Exception {
        LocalOnes services = new LocalOnes();
        try (CaravanSite site = CaravanSite.on("full-disk", services)) {
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", "" + site.inbox()),
                    "Skipped: this user may not mount a file system");
            CaravanProcess caravan = site.start();
            try {
                caravan.awaitReady();
                // The tenth event has three images of 2 MiB: there is room for them once, not twice
                Path ballast = Files.write(site.inbox().resolve("ballast"), new byte[DISK - (11 << 20)]);
                site.dropEvents(10);
                Awaitility.await("the full disk to be noticed; log: " + site.log())
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> caravan.output().contains("No space left on device"));
                assertThat(site.inbox().resolve("aretha/events").toFile().list())
                        .as("event files that wait; log: %s", site.log())
                        .isNotEmpty();

                Files.delete(ballast);
                new Audit(site, services, "disk was full").everythingArrivedOnce(caravan, Duration.ofMinutes(3));
                assertThat(unfinishedCopies(site)).as("unfinished copies").isZero();
            } finally {
                caravan.close();
                run("umount", "" + site.inbox());
            }
        }
    }

    private static long unfinishedCopies(CaravanSite site) throws IOException {
        try (Stream<Path> copies = Files.list(site.inbox().resolve("staging"))) {
            return copies.filter(copy -> copy.getFileName().toString().startsWith(".tmp-"))
                    .count();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
