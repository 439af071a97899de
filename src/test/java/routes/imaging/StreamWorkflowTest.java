package routes.imaging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.Consumer;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XClaimArgs;
import io.lettuce.core.XReadArgs;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Groups, trimming, dead entries and dead consumers of the stream of events, as the workflow is wired to them. */
class StreamWorkflowTest extends ImagingWorkflow {

    private static final String UPLOAD = "imaging-upload-event";

    private String stream;
    private String uploadGroup;

    @BeforeEach
    void names() {
        stream = imaging.streams().events();
        uploadGroup = imaging.streams().uploadGroup();
    }

    @Test
    @DisplayName("R01 R02 groups lost are made again from the beginning; trimming removes what is old and acknowledged"
            + " by all, and keeps what one has not read")
    void trimming() throws Exception {
        // An empty stream is the only one that takes ids of days ago
        redis.del(stream);
        SampleEvent old = SampleEvent.ofPrince().writeImages(share("prince"));
        String oldId = append(old, Instant.now().minus(Duration.ofDays(10)));
        awaitExported(old.refId());
        SampleEvent young = drop(SampleEvent.ofPrince());
        awaitExported(young.refId());
        awaitNothingPending();

        camel.getRouteController().suspendRoute(UPLOAD);
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            template.sendBody("direct:imaging-trim-streams", null);
            assertThat(ids()).doesNotContain(oldId);
            assertThat(published(young.refId())).hasSize(1);
        } finally {
            camel.getRouteController().resumeRoute(UPLOAD);
        }
    }

    @Test
    @DisplayName("R02 trimming keeps an old entry that one group has not read, and takes it afterwards")
    void unread() throws Exception {
        camel.getRouteController().suspendRoute(UPLOAD);
        SampleEvent old = SampleEvent.ofPrince().writeImages(share("prince"));
        String oldId;
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            redis.del(stream);
            oldId = append(old, Instant.now().minus(Duration.ofDays(9)));
            await().until(() -> get("/api/1/events/" + old.refId()).statusCode() == 200);
            template.sendBody("direct:imaging-trim-streams", null);
            assertThat(ids()).contains(oldId);
        } finally {
            camel.getRouteController().resumeRoute(UPLOAD);
        }
        awaitExported(old.refId());
        awaitNothingPending();
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            template.sendBody("direct:imaging-trim-streams", null);
        }
        assertThat(ids()).doesNotContain(oldId);
    }

    @Test
    @DisplayName("R03 an invalid entry is dead with its reason, later ones are processed, requeue-dead brings it back")
    void invalidEntry() {
        String mark = UUID.randomUUID().toString();
        String data = "{\"ref_id\": \"" + mark + "\"}";
        redis.xadd(stream, Map.of("data", data));
        SampleEvent later = drop(SampleEvent.ofPrince());
        awaitExported(later.refId());
        await().until(() -> dead(data).size() == 2);
        assertThat(dead(data)).allSatisfy(entry -> assertThat(entry.toString()).contains("experiment_id"));

        JsonNode answer = parse(
                post("/api/1/operations/requeue-dead", Map.of("stream", stream)).body());

        assertThat(answer.get("requeued").intValue()).isGreaterThanOrEqualTo(2);
        await().until(() -> entries(stream, data).size() == 3);
    }

    @Test
    @DisplayName("R04 an entry left pending by a consumer that was killed is processed by another")
    @SuppressWarnings("unchecked") // the offsets are an array of generics
    void killedConsumer() throws Exception {
        camel.getRouteController().stopRoute(UPLOAD);
        SampleEvent event;
        try {
            event = drop(SampleEvent.ofPrince());
            await().until(() -> !published(event.refId()).isEmpty());
            List<StreamMessage<String, String>> taken = redis.xreadgroup(
                    Consumer.from(uploadGroup, "killed"),
                    XReadArgs.Builder.count(100),
                    XReadArgs.StreamOffset.lastConsumed(stream));
            assertThat(taken).isNotEmpty();
            // Six minutes later
            redis.xclaim(
                    stream,
                    Consumer.from(uploadGroup, "killed"),
                    XClaimArgs.Builder.minIdleTime(0).idle(Duration.ofMinutes(6)),
                    taken.stream().map(StreamMessage::getId).toArray(String[]::new));
        } finally {
            camel.getRouteController().startRoute(UPLOAD);
        }
        awaitExported(event.refId());
        await().until(() ->
                redis.xpending(stream, uploadGroup).getConsumerMessageCount().getOrDefault("killed", 0L) == 0);
    }

    private String append(SampleEvent event, Instant at) throws Exception {
        Map<String, Object> entry = Map.of(
                "ref_id", event.refId().toString(),
                "experiment_id", event.fields().get("experiment_id"),
                "timestamp", event.fields().get("timestamp"),
                "type", "stitch",
                "system", event.system(),
                "src_dir_info", Map.of("local_path", event.imageDir(), "img_count", 2, "raw_metadata", Map.of()));
        return redis.xadd(
                stream, new XAddArgs().id(at.toEpochMilli() + "-0"), Map.of("data", json.writeValueAsString(entry)));
    }

    private void awaitNothingPending() {
        await().until(() -> List.of(uploadGroup, imaging.streams().importGroup()).stream()
                .allMatch(group -> redis.xpending(stream, group).getCount() == 0));
    }

    private List<String> ids() {
        return redis.xrange(stream, Range.unbounded()).stream()
                .map(StreamMessage::getId)
                .toList();
    }

    private List<Map<String, String>> dead(String data) {
        return entries(stream + ":dead", data);
    }

    private List<Map<String, String>> entries(String name, String data) {
        return redis.xrange(name, Range.unbounded()).stream()
                .map(StreamMessage::getBody)
                .filter(fields -> data.equals(fields.get("data")))
                .toList();
    }
}
