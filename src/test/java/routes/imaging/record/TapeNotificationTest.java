package routes.imaging.record;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.imaging.EventJson;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TapeNotificationTest {

    private static final String ORIGINAL =
            """
            {"job_id": "7f2d0c5e-0c9b-4f0e-9b7e-0a4d1f1e2b3c", "date": "2024-02-01T00:00:00",
             "archives": [
                {"path": "images/20240115_007/2024-02-01.tar",
                 "src_keys": ["raw-data/images/20240115_007/20240201/093000.tar",
                              "raw-data/images/20240115_007/20240201/094000.tar"]},
                {"path": "images/20240115_008/2024-02-01.tar", "src_keys": []}]}
            """;

    private final TapeNotification.Reader reader = new TapeNotification.Reader(EventJson.MAPPER, "raw-data");

    @Test
    @DisplayName("D07 a notification of two archives holds both with their members, each by its file name")
    void original() {
        TapeNotification notification = read(ORIGINAL);

        assertThat(notification.jobId()).hasToString("7f2d0c5e-0c9b-4f0e-9b7e-0a4d1f1e2b3c");
        assertThat(notification.archives())
                .extracting(TapeNotification.Archive::path)
                .containsExactly("images/20240115_007/2024-02-01.tar", "images/20240115_008/2024-02-01.tar");
        assertThat(notification.archives().get(0).members())
                .extracting(TapeNotification.Member::memberKey)
                .containsExactly("093000.tar", "094000.tar");
        assertThat(notification.archives().get(0).members())
                .extracting(TapeNotification.Member::srcKey)
                .containsExactly(
                        "raw-data/images/20240115_007/20240201/093000.tar",
                        "raw-data/images/20240115_007/20240201/094000.tar");
        assertThat(notification.archives().get(1).members()).isEmpty();
    }

    @Test
    @DisplayName("D09 a second delivery names the same members; a key twice in one archive is one member")
    void deterministicMembers() {
        assertThat(read(ORIGINAL).archives().get(0).members())
                .isEqualTo(read(ORIGINAL).archives().get(0).members());
        assertThat(read(ORIGINAL.replace("094000", "093000")).archives().get(0).members())
                .extracting(TapeNotification.Member::id)
                .hasSize(2)
                .containsOnly(read(ORIGINAL).archives().get(0).members().get(0).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-01", "2024-02-01T00:00:00", "2024-02-01T00:00", "2024-02-29T00:00:00.000"})
    @DisplayName("D11 the date is a date, or a date and time at midnight")
    void dates(String date) {
        assertThat(read(ORIGINAL.replace("2024-02-01T00:00:00", date)).archives())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-01T10:00:00", "2023-02-29", "2024-02-01T", "T00:00:00", "", "yesterday"})
    @DisplayName("D11 what is no date is refused and named")
    void noDate(String date) {
        assertThat(problemsOf(ORIGINAL.replace("2024-02-01T00:00:00", date)))
                .extracting(FieldProblem::location)
                .containsExactly(List.of("date"));
    }

    @Test
    @DisplayName("D11 a given archive id is kept in either spelling, a missing or null one is made up")
    void archiveId() {
        String given = ORIGINAL.replace("{\"path\"", "{\"id\": \"61C7A1DE35A04D0B8A521E7B90A2C001\", \"path\"");

        assertThat(read(given).archives().get(0).id()).hasToString("61c7a1de-35a0-4d0b-8a52-1e7b90a2c001");
        assertThat(read(ORIGINAL).archives())
                .extracting(TapeNotification.Archive::id)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(read(ORIGINAL.replace("{\"path\"", "{\"id\": null, \"path\""))
                        .archives())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "raw-data, images/e/d/t.tar, raw-data/images/e/d/t.tar",
        "raw-data, videos/e/d/t.tar, raw-data/videos/e/d/t.tar",
        "raw-data, raw-data/images/e/d/t.tar, raw-data/images/e/d/t.tar",
        "raw-data, other/images/e/d/t.tar, other/images/e/d/t.tar",
        "images, images/e/d/t.tar, images/images/e/d/t.tar",
        "images, images/images/e/d/t.tar, images/images/e/d/t.tar",
        "videos, videos/images/e/d/t.tar, videos/images/e/d/t.tar"
    })
    @DisplayName("D08 keys that come without the bucket get it")
    void keysWithoutBucket(String bucket, String given, String key) {
        TapeNotification notification = new TapeNotification.Reader(EventJson.MAPPER, bucket)
                .read(ORIGINAL.replace("raw-data/images/20240115_007/20240201/093000.tar", given)
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(notification.archives().get(0).members().get(0).srcKey()).isEqualTo(key);
        assertThat(notification.archives().get(0).members().get(0).memberKey()).isEqualTo("t.tar");
    }

    @Test
    @DisplayName("D07 a run that wrote nothing has an empty list")
    void noArchives() {
        assertThat(
                        read("{\"job_id\": \"7f2d0c5e0c9b4f0e9b7e0a4d1f1e2b3c\", \"date\": \"2024-02-01\", \"archives\": []}")
                                .archives())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"job_id\": \"7f2d|\"job_id\": \"xx|job_id",
                "\"job_id\"|\"other\"|job_id",
                "\"date\"|\"other\"|date",
                "\"archives\"|\"other\"|archives",
                "\"path\": \"images/20240115_007/2024-02-01.tar\"|\"path\": 7|archives.path",
                "\"path\": \"images/20240115_007/2024-02-01.tar\"|\"path\": \" \"|archives.path",
                "\"raw-data/images/20240115_007/20240201/093000.tar\"|7|archives.src_keys",
                "\"raw-data/images/20240115_007/20240201/093000.tar\"|null|archives.src_keys",
                "\"src_keys\": []|\"src_keys\": null|archives.src_keys",
                "\"src_keys\": []|\"other\": []|archives.src_keys"
            })
    @DisplayName("D11 a wrong field is named")
    void wrongField(String text, String replacement, String field) {
        assertThat(problemsOf(ORIGINAL.replace(text, replacement)))
                .extracting(problem -> String.join(".", problem.location()))
                .containsExactly(field);
    }

    @Test
    @DisplayName("D11 all wrong fields are named at once")
    void allWrong() {
        assertThat(problemsOf("{\"archives\": [\"x\", null]}"))
                .extracting(problem -> String.join(".", problem.location()))
                .contains("job_id", "date", "archives.path", "archives.src_keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"x\"", "7", "{", "not json", "\u0000", "[[[DEEP"})
    @DisplayName("D11 a body that is no JSON object is refused")
    void noObject(String body) {
        byte[] bytes = body.replace("DEEP", "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> reader.read(bytes))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(300));
    }

    private TapeNotification read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private List<FieldProblem> problemsOf(String body) {
        return catchThrowableOfType(InvalidInputException.class, () -> read(body))
                .problems();
    }
}
