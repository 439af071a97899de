package routes.imaging.attention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import routes.imaging.event.FileNames;
import routes.imaging.event.SystemShares;
import routes.platform.attention.AttentionItem;
import routes.platform.attention.AttentionSource;

/** Shows folders on the attention list that belong to no configured system, so that nobody reads their events. */
final class UnknownSystems implements AttentionSource {

    private final SystemShares shares;

    UnknownSystems(SystemShares shares) {
        this.shares = shares;
    }

    @Override
    public String name() {
        return "imaging-unknown-system";
    }

    @Override
    public List<AttentionItem> newest(@Nullable String workflow, int most) {
        return shares.strangers().stream()
                .map(UnknownSystems::item)
                .sorted(Comparator.comparing(AttentionItem::since).reversed())
                .limit(most)
                .toList();
    }

    @Override
    public long count(@Nullable String workflow) {
        return shares.strangers().size();
    }

    @Override
    public Optional<AttentionItem> find(String key) {
        return shares.strangers().stream()
                .map(UnknownSystems::item)
                .filter(item -> item.key().equals(key))
                .findFirst();
    }

    private static AttentionItem item(Path folder) {
        String name = FileNames.printable(folder.getFileName());
        return new AttentionItem(
                name,
                "imaging",
                "unknown-system",
                "Folder " + FileNames.printable(folder),
                "imaging.systems does not name " + name
                        + ", so no events are read there: add it, or move the folder away",
                changeOf(folder),
                List.of(),
                Map.of());
    }

    private static Instant changeOf(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }
}
