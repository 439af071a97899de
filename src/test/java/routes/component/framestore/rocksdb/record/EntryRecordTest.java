package routes.component.framestore.rocksdb.record;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.component.framestore.Recording;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameReader;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.StoredEntry;

import static org.assertj.core.api.Assertions.assertThat;

public class EntryRecordTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600L, 123_456_789);

    /** In an array. */
    public static byte[] write(NewEntry entry, Instant arrival) {
        return EntryRecord.write(entry, arrival, ByteBuffer.allocate(0)).array();
    }

    @Test
    @DisplayName("A record is the same in native memory and in an array, and so is what is read from it")
    void sameInBoth() throws Exception {
        NewEntry entry = entry(1_000);
        ByteBuffer buffer = new RecordBuffer().value();

        ByteBuffer record = EntryRecord.write(entry, NOW, buffer);

        assertThat(record.isDirect()).isTrue();
        byte[] bytes = new byte[record.limit()];
        record.duplicate().get(bytes);
        assertThat(bytes).isEqualTo(write(entry, NOW));
        StoredEntry read = EntryRecord.read(7, record);
        assertThat(read).usingRecursiveComparison().isEqualTo(EntryRecord.read(7, bytes));
        assertThat(read.parts()).containsExactlyElementsOf(entry.parts());
    }

    @Test
    @DisplayName("What was read keeps nothing of the buffer")
    void ownsItsBytes() throws Exception {
        ByteBuffer record = EntryRecord.write(entry(1_000), NOW, new RecordBuffer().value());
        StoredEntry read = EntryRecord.read(0, record);
        byte[] before = read.parts().get(0).clone();

        record.rewind().put(new byte[record.limit()]);

        assertThat(read.parts().get(0)).isEqualTo(before);
    }

    @Test
    @DisplayName("A record that does not fit into native memory is in an array of its size")
    void tooLarge() throws Exception {
        NewEntry entry = entry(RecordBuffer.SIZE);

        ByteBuffer record = EntryRecord.write(entry, NOW, new RecordBuffer().value());

        assertThat(record.isDirect()).isFalse();
        assertThat(record.array()).hasSize(record.limit());
        assertThat(EntryRecord.read(0, record).parts()).containsExactlyElementsOf(entry.parts());
    }

    @Test
    @DisplayName("Small and large frames in turn come back as they were, around the size of the buffer, too")
    void throughTheStore(@TempDir Path folder) {
        int[] sizes = {0, 1, RecordBuffer.SIZE - 100, 20, RecordBuffer.SIZE, RecordBuffer.SIZE + 1, 3_000_000, 5};
        try (Recording recording = new Recording(folder)) {
            for (int size : sizes) {
                recording.append(entry(size));
            }
            try (FrameReader reader = recording.store().read("cam", 0, 1 << 20)) {
                for (int size : sizes) {
                    assertThat(reader.poll().orElseThrow().parts())
                            .as("%d bytes", size)
                            .containsExactlyElementsOf(entry(size).parts());
                }
            }
        }
    }

    private static NewEntry entry(int bytes) {
        byte[] picture = new byte[bytes];
        new Random(bytes).nextBytes(picture);
        return new NewEntry(Recording.entry("cam", EntryKind.FRAME).info(), new byte[] {1}, List.of(picture));
    }
}
