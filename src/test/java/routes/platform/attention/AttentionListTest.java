package routes.platform.attention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.platform.NotFoundException;
import routes.platform.NotPossibleException;
import routes.platform.attention.AttentionItem.Action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AttentionListTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Source files = new Source("imaging-file");
    private final Source jobs = new Source("replay-job");
    private final AttentionList list = new AttentionList(List.of(files, jobs));

    @Test
    @DisplayName("CP18 the items of all sources are one list, newest first, by pages and by workflow")
    void pages() {
        files.add("a", 1).add("b", 3);
        jobs.add("c", 2).add("d", 4);

        assertThat(subjects(list.list(null, 3, 0))).containsExactly("d", "b", "c");
        assertThat(subjects(list.list(null, 3, 3))).containsExactly("a");
        assertThat(list.list(null, 1, 0).count()).isEqualTo(4);
        assertThat(subjects(list.list("imaging", 10, 0))).containsExactly("b", "a");
        assertThat(list.list("imag", 10, 0).items()).isEmpty();
    }

    @Test
    @DisplayName("CP18 no source is asked for more than a page needs, nor ever for more than 1,000 items")
    void bounded() {
        IntStream.range(0, 5000).forEach(i -> files.add("file " + i, i));

        assertThat(list.list(null, 50, 100).items()).hasSize(50);
        assertThat(files.asked).isEqualTo(150);
        assertThat(list.list(null, 50, 2000).items()).isEmpty();
        assertThat(files.asked).isEqualTo(1000);
        assertThat(list.list(null, 50, 2000).count()).isEqualTo(5000);
    }

    @Test
    @DisplayName("CP18 a source that fails is named, and hides none of the others")
    void unavailable() {
        files.add("a", 1);
        jobs.broken = true;

        AttentionList.Page page = list.list(null, 10, 0);

        assertThat(subjects(page)).containsExactly("a");
        assertThat(page.unavailable()).containsExactly(Map.entry("replay-job", "the database is away"));
    }

    @Test
    @DisplayName("CP18 ids say their source and can stand in a URL, whatever the key")
    void ids() {
        files.add("ü/%2F ?#\u0000.json", 1);

        String id = list.list(null, 1, 0).items().get(0).id();

        assertThat(id).matches("imaging-file\\.[A-Za-z0-9_-]+");
        assertThat(list.show(id).item().subject()).isEqualTo("ü/%2F ?#\u0000.json");
        for (String stale : List.of("", ".", "imaging-file", "imaging-file.!", "other.YQ", id + "YQ")) {
            assertThatThrownBy(() -> list.show(stale)).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    @DisplayName("CP18 an action twice finds the item gone, and one that it does not allow is refused")
    void actions() {
        files.add("a", 1);
        String id = list.list(null, 1, 0).items().get(0).id();

        assertThatThrownBy(() -> list.discard(id)).isInstanceOf(NotPossibleException.class);
        assertThat(list.requeue(id)).isEqualTo(new AttentionList.Decision(id, "requeued"));
        assertThatThrownBy(() -> list.requeue(id)).isInstanceOf(NotFoundException.class);
    }

    private static List<String> subjects(AttentionList.Page page) {
        return page.items().stream().map(listed -> listed.item().subject()).toList();
    }

    /** Its items can be requeued, after which they are gone. */
    private static final class Source implements AttentionSource {

        private final String name;
        private final List<AttentionItem> items = new ArrayList<>();
        private boolean broken;
        private int asked;

        Source(String name) {
            this.name = name;
        }

        Source add(String subject, int minutes) {
            items.add(
                    0,
                    new AttentionItem(
                            subject,
                            "x",
                            "x",
                            subject,
                            "why",
                            NOON.plusSeconds(60L * minutes),
                            List.of(Action.REQUEUE),
                            Map.of()));
            return this;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<AttentionItem> newest(@Nullable String workflow, int most) {
            asked = most;
            return items.stream().limit(most).toList();
        }

        @Override
        public long count(@Nullable String workflow) {
            if (broken) {
                throw new IllegalStateException("the database is away");
            }
            return items.size();
        }

        @Override
        public Optional<AttentionItem> find(String key) {
            return items.stream().filter(item -> item.key().equals(key)).findFirst();
        }

        @Override
        public boolean requeue(String key) {
            return items.removeIf(item -> item.key().equals(key));
        }
    }
}
