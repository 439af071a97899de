package routes.replay.job.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Keyframe;
import routes.platform.ConflictException;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.NotFoundException;
import routes.platform.NotReadyException;
import routes.platform.json.JsonBody;
import routes.replay.job.JobDefinition;
import routes.replay.job.JobIds;
import routes.replay.job.JobOutcome;
import routes.replay.job.JobPart;
import routes.replay.job.JobRecord;
import routes.replay.job.JobStart;
import routes.replay.job.StopCondition;
import routes.replay.job.json.JobJson;
import routes.replay.job.json.JobRequestReader;
import routes.replay.protocol.FrameId;
import routes.replay.socket.SinkOptions;

/** The operations on jobs. Requests are as they come over HTTP, answers are JSON. */
public class JobService {

    private static final JsonNode OK = JsonNodeFactory.instance.textNode("ok");
    private static final int LONGEST_KEY = 255;
    private static final int MOST_STOPPED = 10_000;

    private final JobScheduler scheduler;
    private final JobRepository rows;
    private final Supplier<FrameStore> store;
    private final JobRequestReader reader = new JobRequestReader();
    private final JsonBody bodies;
    private final JobIds ids;
    private final SinkOptions defaultSinkOptions;
    private final SinkCurves curves;
    private final SinkAddresses addresses;
    private final Duration evictionTtl;
    private final Clock clock;

    /** @param evictionTtl how long an ended job stays in the list of stopped jobs */
    JobService(
            JobScheduler scheduler,
            JobRepository rows,
            Supplier<FrameStore> store,
            JsonBody bodies,
            JobIds ids,
            SinkOptions defaultSinkOptions,
            SinkCurves curves,
            SinkAddresses addresses,
            Duration evictionTtl,
            Clock clock) {
        this.scheduler = scheduler;
        this.rows = rows;
        this.store = store;
        this.bodies = bodies;
        this.ids = ids;
        this.defaultSinkOptions = defaultSinkOptions;
        this.curves = curves;
        this.addresses = addresses;
        this.evictionTtl = evictionTtl;
        this.clock = clock;
    }

    /** The body of a request. */
    public JsonNode read(String body) {
        return bodies.read(body);
    }

    /**
     * Creates a job.
     *
     * @param idempotencyKey a repeated request with the same key does not create another job
     */
    public JsonNode create(JsonNode body, @Nullable String idempotencyKey) {
        JobDefinition definition = definition(body);
        Optional<String> key = Optional.ofNullable(idempotencyKey).filter(text -> !text.isBlank());
        if (key.filter(text -> text.length() > LONGEST_KEY).isPresent()) {
            throw new InvalidInputException(List.of(new FieldProblem(
                    List.of("header", "Idempotency-Key"),
                    "string_too_long",
                    "must have at most " + LONGEST_KEY + " characters",
                    null)));
        }
        UUID id = scheduler.add(JobRecord.fresh(ids.next(), definition, key, clock.instant()));
        return JsonNodeFactory.instance.objectNode().put("new_job", id.toString());
    }

    /** Says what a job would do, without creating it. */
    public JsonNode check(JsonNode body) {
        JobDefinition definition = definition(body);
        scheduler.requirePlace(definition);
        Optional<Keyframe> start = definition.request().firstPart().start().find(store.get(), definition.source());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("anchor_found", start.isPresent());
        answer.put("start_keyframe", start.map(found -> found.uuid().toString()).orElse(null));
        answer.put("start_index", start.map(Keyframe::index).orElse(null));
        answer.put(
                "messages_ahead",
                start.flatMap(found -> store.get()
                                .source(definition.source())
                                .map(source -> source.nextIndex() - found.index()))
                        .orElse(null));
        answer.set("sink", JobJson.sink(definition));
        return answer;
    }

    private JobDefinition definition(JsonNode body) {
        JobDefinition definition = reader.definition(body, defaultSinkOptions);
        curves.require(definition);
        addresses.require(definition);
        return definition;
    }

    /** @param id of the only job to list; null for all. The list is empty when the id is unknown or malformed */
    public JsonNode running(@Nullable String id) {
        Instant now = clock.instant();
        return JobJson.running(scheduler.live().stream()
                .filter(job -> id == null || id(id).filter(job.id()::equals).isPresent())
                .map(job -> job.snapshot(now))
                .toList());
    }

    /** Jobs that ended a short while ago. */
    public JsonNode stopped() {
        Instant since = clock.instant().minus(evictionTtl);
        List<JobRecord> unwritten = scheduler.endedUnwritten();
        List<UUID> seen = unwritten.stream().map(JobRecord::id).toList();
        Stream<JobRecord> written = rows.ended(store.get().identity(), since, MOST_STOPPED).stream()
                .filter(job -> !seen.contains(job.id()));
        return JobJson.stopped(Stream.concat(unwritten.stream(), written)
                .sorted(Comparator.comparing(JobRecord::id))
                .toList());
    }

    /** Cancels a job. */
    public JsonNode delete(String id) {
        return with(id, job -> job.end(JobOutcome.cancelled("cancelled by DELETE")));
    }

    public JsonNode replaceStopCondition(String id, JsonNode body) {
        StopCondition condition = reader.readStopCondition(body);
        return with(id, job -> {
            if (!job.replaceStopCondition(condition)) {
                throw unknown(id);
            }
        });
    }

    /** Pauses a job where it is. */
    public JsonNode pause(String id) {
        return with(id, scheduler::pause);
    }

    /** Resumes a paused job. */
    public JsonNode resume(String id) {
        return with(id, scheduler::resume);
    }

    /** Continues a job at another keyframe of its source. */
    public JsonNode seek(String id, JsonNode body) {
        JobStart start = reader.readStart(body);
        return with(id, job -> {
            JobPart part = job.part();
            Keyframe found = start.find(store.get(), part.source())
                    .orElseThrow(() -> new NotFoundException(
                            "The keyframe " + start.anchor() + " of " + part.source() + " is not recorded"));
            if (!job.seek(part, found.index())) {
                throw new ConflictException("Job " + id + " is ending, or has gone on to its next stretch meanwhile");
            }
        });
    }

    /** Sends some frames of a paused job, which stays paused. */
    public JsonNode step(String id, JsonNode body) {
        long frames = reader.readStep(body);
        return with(id, job -> {
            if (!job.step(frames)) {
                throw new ConflictException("Job " + id + " is not paused, and only a paused job can be stepped");
            }
        });
    }

    public JsonNode changeSpeed(String id, JsonNode body) {
        double factor = reader.readSpeed(body);
        return with(id, job -> {
            if (!job.definition().request().configuration().tsSync()) {
                throw new ConflictException(
                        "Job " + id + " sends as fast as its sink allows and has no speed to change");
            }
            job.setSpeed(factor);
        });
    }

    private JsonNode with(String id, Consumer<ReplayJob> change) {
        ReplayJob job = scheduler.live(required(id)).orElseThrow(() -> missing(id));
        change.accept(job);
        scheduler.changed(job);
        return OK;
    }

    /** Everything that is known about one job, also long after its end. */
    public JsonNode show(String id) {
        return find(required(id)).map(this::detail).orElseThrow(() -> unknown(id));
    }

    Optional<JobRecord> find(UUID id) {
        return scheduler
                .live(id)
                .map(job -> job.snapshot(clock.instant()))
                .or(() -> scheduler.endedUnwritten().stream()
                        .filter(job -> job.id().equals(id))
                        .findAny())
                .or(() -> rows.find(store.get().identity(), id));
    }

    /**
     * A page of all jobs, newest first.
     *
     * @param state only jobs in this state; null for any
     * @param source only jobs that read this source; null for any
     * @param cursor {@code next} of the previous page; null for the first page
     */
    public JsonNode history(@Nullable String state, @Nullable String source, @Nullable String cursor, int limit) {
        UUID before = cursor == null ? null : id(cursor).orElseThrow(() -> wrong("query", "cursor", cursor));
        if (state != null) {
            scheduler.writeNow();
        }
        List<JobRecord> page = rows.page(store.get().identity(), state, source, before, limit + 1);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        page.stream()
                .limit(limit)
                .map(job -> find(job.id()).orElse(job))
                .map(this::detail)
                .forEach(answer.putArray("jobs")::add);
        answer.put("next", page.size() > limit ? page.get(limit - 1).id().toString() : null);
        return answer;
    }

    ObjectNode detail(JobRecord job) {
        Optional<ReplayJob> live = scheduler.live(job.id());
        OptionalLong behind = live.flatMap(ReplayJob::lag)
                .map(duration -> OptionalLong.of(duration.toMillis()))
                .orElse(OptionalLong.empty());
        return JobJson.detail(job, behind, live.flatMap(ReplayJob::deliveryProblem));
    }

    /** Empty when the text is not a UUID. Camel passes the text {@code null} to beans as null. */
    static Optional<UUID> id(@Nullable String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(FrameId.parse(text).toUuid());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static UUID required(String id) {
        return id(id).orElseThrow(() -> wrong("path", "id", id));
    }

    private static InvalidInputException wrong(String where, String name, String input) {
        return new InvalidInputException(
                List.of(new FieldProblem(List.of(where, name), "uuid_parsing", "must be a UUID", input)));
    }

    private RuntimeException missing(String id) {
        return find(required(id)).map(JobService::absent).orElseGet(() -> unknown(id));
    }

    private static RuntimeException absent(JobRecord job) {
        return job.state().isEnd()
                ? new NotFoundException("Job " + job.id() + " has ended: it is "
                        + job.state().text()
                        + job.reason().map(text -> ", " + text).orElse(""))
                : new NotReadyException("Job " + job.id()
                        + " of the last run has not been taken up yet, as happens right after a start; try again");
    }

    private static NotFoundException unknown(String id) {
        return new NotFoundException("There is no job " + id);
    }
}
