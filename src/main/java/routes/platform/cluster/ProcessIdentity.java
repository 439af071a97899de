package routes.platform.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who holds a lease: one run of one process. The name of a node is not enough, because two processes may share it by
 * mistake.
 *
 * <p>After {@code kill -9} and restart the lease of the former run may be taken over at once, but only on proof that
 * it is dead: it ran under the same boot of the same kernel, in the same process namespace, as the same user (so that
 * we would see it), and no process of its number and start is there now. Elsewhere (another machine or container, not
 * Linux) there is no proof and the lease has to run out.
 *
 * @param node for people
 * @param place boot, process namespace and user; unique to this run where the system does not tell
 * @param pid process number within the namespace
 * @param started clock ticks from boot to start, which setting the clock does not change
 */
record ProcessIdentity(String node, String place, long pid, long started) {

    private static final Pattern TEXT = Pattern.compile("(.*) \\[(.+) (\\d+) (\\d+)]");
    private static final int LONGEST_NODE = 100;

    static ProcessIdentity current(String node) {
        String shown = node.length() <= LONGEST_NODE ? node : node.substring(0, LONGEST_NODE);
        long pid = ProcessHandle.current().pid();
        OptionalLong started = ownStart(pid);
        String place = started.isPresent() ? thisPlace() : UUID.randomUUID().toString();
        return new ProcessIdentity(shown, place, pid, started.orElse(0));
    }

    static Optional<ProcessIdentity> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new ProcessIdentity(
                matcher.group(1),
                matcher.group(2),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4))));
    }

    /** Whether the other process is proved to have ended. */
    boolean provesDead(ProcessIdentity other) {
        if (!place.equals(other.place) || (pid == other.pid && started == other.started)) {
            return false;
        }
        try {
            OptionalLong runningNow = startOf(other.pid);
            return runningNow.isEmpty() || runningNow.getAsLong() != other.started;
        } catch (IOException noProof) {
            return false;
        }
    }

    @Override
    public String toString() {
        return node + " [" + place + " " + pid + " " + started + "]";
    }

    private static OptionalLong ownStart(long pid) {
        try {
            return startOf(pid);
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    /**
     * Field 22 of {@code /proc/<pid>/stat}, counted behind the program's name, which may hold anything. Empty when there
     * is no such process.
     */
    static OptionalLong startOf(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return OptionalLong.of(Long.parseLong(behindName[19]));
        } catch (NoSuchFileException gone) {
            return OptionalLong.empty();
        }
    }

    private static String thisPlace() {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String namespace =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return String.join("/", boot, namespace, System.getProperty("user.name"));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return UUID.randomUUID().toString();
        }
    }
}
