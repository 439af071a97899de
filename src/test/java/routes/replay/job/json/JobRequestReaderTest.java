package routes.replay.job.json;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.replay.Json;
import routes.replay.SavantSamples;
import routes.replay.job.AttributeCollision;
import routes.replay.job.JobRequest;
import routes.replay.job.JobSink;
import routes.replay.job.Offset;
import routes.replay.job.StopCondition;
import routes.replay.protocol.Generation;
import routes.replay.socket.SocketUrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JobRequestReaderTest {

    /** Section 4.6 of the specification. */
    private static final String EXAMPLE =
            """
            {
              'sink': {'url': 'dealer+connect:tcp://10.0.0.7:5600'},
              'configuration': {
                'ts_sync': true, 'skip_intermediary_eos': false, 'send_eos': true, 'stop_on_incorrect_ts': false,
                'ts_discrepancy_fix_duration': {'secs': 0, 'nanos': 40000000},
                'min_duration': {'secs': 0, 'nanos': 10000000}, 'max_duration': {'secs': 0, 'nanos': 200000000},
                'stored_stream_id': 'cam-1', 'resulting_stream_id': 'cam-1-event-7',
                'routing_labels': 'bypass',
                'max_idle_duration': {'secs': 10, 'nanos': 0}, 'max_delivery_duration': {'secs': 10, 'nanos': 0},
                'send_metadata_only': false, 'labels': {'event': '7'}
              },
              'stop_condition': {'frame_count': 250},
              'anchor_keyframe': '019b76da-a800-7000-8000-000000000001',
              'anchor_wait_duration': {'secs': 5, 'nanos': 0},
              'offset': {'seconds': 3.0},
              'attributes': []
            }""";

    private final JobRequestReader reader = new JobRequestReader();
    private final ObjectNode request = Json.object(EXAMPLE);
    private final ObjectNode configuration = (ObjectNode) request.get("configuration");

    @Test
    @DisplayName("CP22 the job that the contract shows, and with it the page of the APIs, can be sent as it is")
    void exampleOfTheContract() throws IOException {
        JsonNode contract = new YAMLMapper()
                .readTree(Path.of("src/main/resources/openapi/replay.yaml").toFile());

        JobRequest job = reader.read(contract.at("/paths/~1job/put/requestBody/content/application~1json/example"));

        assertThat(job.firstPart().stopCondition()).isInstanceOf(StopCondition.TimestampDelta.class);
    }

    @Test
    @DisplayName("RP68 the example of the specification")
    void example() {
        JobRequest job = reader.read(request);

        assertThat(job.sink())
                .isEqualTo(new JobSink(
                        SocketUrl.writer("dealer+connect:tcp://10.0.0.7:5600"), Optional.empty(), Optional.empty()));
        assertThat(job.firstPart().stopCondition()).isEqualTo(new StopCondition.FrameCount(250));
        assertThat(job.firstPart().start().anchor()).isEqualTo(SavantSamples.ID);
        assertThat(job.firstPart().anchorWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(job.firstPart().start().offset()).isEqualTo(Offset.read(Json.of("{'seconds': 3}")));
        assertThat(job.attributes()).isEmpty();
        assertThat(job.extras().attributeCollision()).isEqualTo(AttributeCollision.ERROR);
        assertThat(job.configuration().minDuration()).isEqualTo(Duration.ofMillis(10));
        assertThat(job.configuration().labels()).contains(Map.of("event", "7"));
    }

    @Test
    @DisplayName("RP81 RP97 the configuration is echoed with all its keys")
    void echo() {
        assertThat(JobConfigurationJson.write(reader.read(request).configuration()))
                .hasToString(configuration.toString());
        configuration.putObject("routing_labels").putArray("append").add("a");
        assertThat(JobConfigurationJson.write(reader.read(request).configuration()))
                .hasToString(configuration.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ts_sync",
                "skip_intermediary_eos",
                "send_eos",
                "stop_on_incorrect_ts",
                "ts_discrepancy_fix_duration",
                "min_duration",
                "max_duration",
                "stored_stream_id",
                "resulting_stream_id",
                "routing_labels",
                "max_idle_duration",
                "max_delivery_duration",
                "send_metadata_only"
            })
    @DisplayName("RP70 a missing key of the configuration is refused")
    void missing(String key) {
        configuration.remove(key);

        assertThat(problems()).containsExactly("body.configuration." + key + " is required");
    }

    @Test
    @DisplayName("RP70 labels, sink options and the wait for the anchor may be missing")
    void optional() {
        configuration.remove("labels");
        request.remove("anchor_wait_duration");
        request.withObject("/sink").putNull("options");

        JobRequest job = reader.read(request);

        assertThat(job.configuration().labels()).isEmpty();
        assertThat(job.firstPart().anchorWait()).isEqualTo(Duration.ofMillis(1));
        assertThat(job.sink().options()).isEmpty();
        assertThat(JobConfigurationJson.write(job.configuration()).get("labels").isNull())
                .isTrue();
    }

    @Test
    @DisplayName("RP69 every wrong field is named at once")
    void everyProblem() {
        request.withObject("/sink").put("url", "sub+connect:tcp://10.0.0.7:5600");
        configuration.put("stored_stream_id", "").put("resulting_stream_id", "").put("ts_sync", "yes");
        configuration.withObject("/min_duration").put("secs", 1);
        configuration.withObject("/max_idle_duration").put("minutes", 1).remove("nanos");
        request.put("anchor_keyframe", "no-uuid");
        request.putObject("stop_condition").put("frame_count", 0);
        request.putObject("offset").put("seconds", -1);
        request.withArray("attributes").addObject().put("namespace", "a");

        assertThat(problems())
                .containsExactly(
                        "body.sink.url must be of type pub, dealer, req, is \"sub\"",
                        "body.anchor_keyframe must be a UUID",
                        "body.configuration.ts_sync must be true or false",
                        "body.configuration.stored_stream_id must not be empty",
                        "body.configuration.resulting_stream_id must not be empty",
                        "body.configuration.max_idle_duration.minutes is not known here",
                        "body.configuration.max_idle_duration.nanos is required",
                        "body.configuration.min_duration must not be above max_duration",
                        "body.stop_condition.frame_count must be a whole number from 1 to 9223372036854775807",
                        "body.offset.seconds must be seconds from 0 to 9223372036",
                        "body.attributes.0.name is required",
                        "body.attributes.0.values is required",
                        "body.attributes.0.is_persistent is required",
                        "body.attributes.0.is_hidden is required");
    }

    @ParameterizedTest
    @CsvSource({"error, ERROR", "replace, REPLACE", "keep, KEEP"})
    @DisplayName("RP79 the policy for attributes that are there already can be chosen")
    void collision(String text, AttributeCollision policy) {
        request.put("attribute_collision", text);

        assertThat(reader.read(request).extras().attributeCollision()).isEqualTo(policy);
    }

    @Test
    @DisplayName("RX16 a job may wish a generation of the wire, 1 or 2")
    void generation() {
        assertThat(reader.read(request).extras().generation()).isEmpty();
        request.put("generation", 2);
        assertThat(reader.read(request).extras().generation()).contains(Generation.TWO);
        request.put("generation", 3);
        assertThat(problems()).containsExactly("body.generation must be a whole number from 1 to 2");
    }

    @Test
    @DisplayName("RX24 a filter by label names labels, and nothing that is not known there")
    void filterByLabel() {
        ObjectNode object = request.withObject("/filter/object");
        object.putArray("labels");
        assertThat(problems()).containsExactly("body.filter.object.labels must name at least one label");

        object.putArray("labels").add("person").add("person").add("");
        object.put("min_confidence", "high").put("min_confidense", 1).put("namespace", "");
        assertThat(problems())
                .containsExactly(
                        "body.filter.object.labels.2 must not be empty",
                        "body.filter.object.namespace must not be empty",
                        "body.filter.object.min_confidence must be a number",
                        "body.filter.object.min_confidense is not known here");
    }

    @Test
    @DisplayName("RP102 sink options need all seven keys, none of them senseless")
    void sinkOptions() {
        ObjectNode options = request.withObject("/sink").putObject("options");
        options.put("send_retries", 0).put("receive_retries", -1).put("send_hwm", 0);
        options.putObject("send_timeout").put("secs", 0).put("nanos", 0);

        assertThat(problems())
                .containsExactly(
                        "body.sink.options.send_timeout must be at least one millisecond",
                        "body.sink.options.receive_timeout is required",
                        "body.sink.options.receive_retries must be a whole number from 0 to 2147483647",
                        "body.sink.options.send_hwm must be a whole number from 1 to 2147483647",
                        "body.sink.options.receive_hwm is required",
                        "body.sink.options.inflight_ops is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "'job'"})
    void noObject(String json) {
        assertThatThrownBy(() -> reader.read(Json.of(json)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("body: must be an object");
    }

    @Test
    @DisplayName("RP96 a wrong stop condition is refused as a body")
    void stopCondition() {
        assertThat(reader.readStopCondition(Json.of("'now'"))).isEqualTo(StopCondition.Fixed.NOW);
        assertThatThrownBy(() -> reader.readStopCondition(Json.of("{'last_frame':{'uuid':'x'}}")))
                .hasMessage("body.last_frame.uuid: must be a UUID");
    }

    private List<String> problems() {
        InvalidInputException e = catchThrowableOfType(InvalidInputException.class, () -> reader.read(request));
        return e.problems().stream().map(JobRequestReaderTest::text).toList();
    }

    private static String text(FieldProblem problem) {
        return String.join(".", problem.location()) + " " + problem.message();
    }
}
