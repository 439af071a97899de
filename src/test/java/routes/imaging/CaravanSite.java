package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.util.FileSystemUtils;
import routes.platform.CaravanProcess;
import routes.platform.FreePort;

/**
 * One installation: a folder with its data, ports that stay the same over restarts, and the events dropped into it.
 * Prince goes without staging, aretha with it; waiting times are short; tars from 5 MB on go in parts. Its processes have
 * the locale C, as in a container without one.
 */
final class CaravanSite implements AutoCloseable {

    private final String name;
    private final Path folder;
    private final Path inbox;
    private final List<String> settings;
    private final int httpPort = FreePort.any();
    private final List<CaravanProcess> runs = new CopyOnWriteArrayList<>();
    private final List<SampleEvent> events;

    private CaravanSite(String name, Path folder, Path inbox, List<SampleEvent> events, List<String> settings) {
        this.name = name;
        this.folder = folder;
        this.inbox = inbox;
        this.events = events;
        this.settings = settings;
    }

    /** A site on the given services. */
    static CaravanSite on(String name, Services services) throws IOException {
        Path folder = Files.createTempDirectory("caravan-" + name);
        Path inbox = folder.resolve("inbox");
        for (String system : List.of("prince", "aretha")) {
            Files.createDirectories(inbox.resolve(system).resolve("events"));
        }
        CaravanSite site = new CaravanSite(name, folder, inbox, new CopyOnWriteArrayList<>(), services.settings());
        Files.deleteIfExists(site.log());
        return site;
    }

    /** Another installation for the same folder of images and the same services. */
    CaravanSite twin(String twinName) throws IOException {
        CaravanSite twin =
                new CaravanSite(twinName, Files.createTempDirectory("caravan-" + twinName), inbox, events, settings);
        Files.deleteIfExists(twin.log());
        return twin;
    }

    CaravanProcess start(String... extra) {
        List<String> arguments = new ArrayList<>(List.of(
                "--caravan.data-dir=" + folder.resolve("data"),
                "--imaging.source-dir=" + inbox,
                "--imaging.tape.enabled=false",
                "--imaging.ingest.poll-interval=100ms",
                "--imaging.ingest.settle=300ms",
                "--imaging.ingest.image-recheck=200ms",
                "--imaging.staging.systems=aretha",
                "--imaging.upload.retry-delays=500ms,1s",
                "--imaging.upload.multipart-threshold=5MB",
                "--imaging.upload.part-size=5MB"));
        arguments.addAll(settings);
        arguments.addAll(Arrays.asList(extra));
        note("start " + arguments);
        CaravanProcess run = CaravanProcess.start(folder, httpPort, log(), arguments, Map.of("LC_ALL", "C"));
        runs.add(run);
        return run;
    }

    /** Drops the next event as a microscope does: the systems in turn, every tenth event big enough for parts. */
    SampleEvent dropEvent() {
        return dropEventNamed("");
    }

    /** @param name of the event file and the folder of its images, before what makes them unique */
    synchronized SampleEvent dropEventNamed(String name) {
        int number = events.size();
        SampleEvent event =
                SampleEvent.of(number % 2 == 0 ? "prince" : "aretha").named(name);
        if (number % 10 == 9) {
            event.images(3, 2 << 20);
        }
        event.writeImages(inbox.resolve(event.system()));
        event.writeFile(inbox.resolve(event.system()).resolve("events"));
        events.add(event);
        return event;
    }

    void dropEvents(int count) {
        for (int i = 0; i < count; i++) {
            dropEvent();
        }
    }

    List<SampleEvent> events() {
        return List.copyOf(events);
    }

    Path inbox() {
        return inbox;
    }

    /** Kept after the test, for whom it failed. */
    Path log() {
        try {
            return Files.createDirectories(Path.of("target", "processes").toAbsolutePath())
                    .resolve(name + ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of the test's own in the log of the process. */
    void note(String line) {
        try {
            Files.writeString(log(), "==== " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        runs.forEach(CaravanProcess::close);
        FileSystemUtils.deleteRecursively(folder);
    }
}
