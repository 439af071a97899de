package routes.component.framestore;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.rocksdb.record.ByteSink;
import routes.component.framestore.rocksdb.record.ByteSource;
import routes.component.framestore.rocksdb.record.CorruptRecordException;
import routes.component.framestore.rocksdb.record.EntryRecord;
import routes.component.framestore.rocksdb.record.EntryRecordTest;
import routes.component.framestore.rocksdb.record.SourceKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyCodecTest {

    private static final String MAX_128 = "340282366920938463463374607431768211455";

    @Example
    void vectorsOfTheSpecification() {
        assertThat(hex(new SourceKeys("cam-1").prefix())).isEqualTo("2c81968854ec33b1fd98a82465643bc6");
        assertThat(hex(number(0))).isEqualTo("00");
        assertThat(hex(number(250))).isEqualTo("fa");
        assertThat(hex(number(251))).isEqualTo("fb00fb");
        assertThat(hex(number(300))).isEqualTo("fb012c");
        assertThat(hex(number(65536))).isEqualTo("fc00010000");
        assertThat(hex(number(1767225600000000000L))).isEqualTo("fd18867251edfa0000");
        assertThat(hex(new SourceKeys("cam-1").index(300))).isEqualTo("2c81968854ec33b1fd98a82465643bc6fb012c");
    }

    @Property
    void sizesAreKnownBefore(@ForAll long value, @ForAll @IntRange(max = 400) int length) {
        assertThat(ByteSink.size(value)).isEqualTo(number(value).length);
        assertThat(ByteSink.size(length)).isEqualTo(number(length).length);
        assertThat(ByteSink.size(new byte[length]))
                .isEqualTo(new ByteSink(0).sized(new byte[length]).toBytes().length);
    }

    @Example
    void keyOfKeyframeHas33Bytes() {
        UUID uuid = UUID.fromString("019b76da-a800-7000-8000-000000000001");

        assertThat(hex(new SourceKeys("cam-1").keyframe(uuid)))
                .isEqualTo("2c81968854ec33b1fd98a82465643bc6" + "fe" + "019b76daa80070008000000000000001");
    }

    @Property
    void numbersKeepTheirOrder(@ForAll long one, @ForAll long other) {
        assertThat(Integer.signum(Arrays.compareUnsigned(number(one), number(other))))
                .isEqualTo(Long.compareUnsigned(one, other));
    }

    @Property
    void bigNumbersKeepTheirOrderAndValue(
            @ForAll @BigRange(min = "0", max = MAX_128) BigInteger one,
            @ForAll @BigRange(min = "0", max = MAX_128) BigInteger other)
            throws CorruptRecordException {
        byte[] bytes = new ByteSink(17).number(one).toBytes();

        assertThat(Integer.signum(Arrays.compareUnsigned(
                        bytes, new ByteSink(17).number(other).toBytes())))
                .isEqualTo(one.compareTo(other));
        assertThat(new ByteSource(bytes, 0).bigNumber()).isEqualTo(one);
    }

    @Property
    void numbersComeBack(@ForAll long value, @ForAll byte[] bytes) throws CorruptRecordException {
        ByteSink sink = new ByteSink(0).number(value).signed(value).sized(bytes);
        sink.number(new UUID(value, ~value));

        ByteSource source = new ByteSource(sink.toBytes(), 0);
        assertThat(source.number()).isEqualTo(value);
        assertThat(source.signed()).isEqualTo(value);
        assertThat(source.sized()).isEqualTo(bytes);
        assertThat(source.uuid()).isEqualTo(new UUID(value, ~value));
        source.end();
    }

    @Property
    void garbageIsRefused(@ForAll byte[] garbage) {
        assertThatThrownBy(() -> EntryRecord.read(0, garbage)).isInstanceOf(CorruptRecordException.class);
    }

    @Property
    void anyFlippedBitIsNoticed(@ForAll int where) {
        byte[] record = EntryRecordTest.write(
                Recording.entry("cam", EntryKind.FRAME, "some", "parts"), Instant.ofEpochSecond(1));
        int bit = Math.floorMod(where, record.length * 8);
        record[bit / 8] ^= (byte) (1 << bit % 8);

        assertThatThrownBy(() -> EntryRecord.read(0, record)).isInstanceOf(CorruptRecordException.class);
    }

    private static byte[] number(long value) {
        return new ByteSink(0).number(value).toBytes();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
