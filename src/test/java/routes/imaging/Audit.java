package routes.imaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.awaitility.Awaitility;
import routes.platform.CaravanProcess;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether a site holds every event once and nothing else: files gone, streams empty of work, one row and one object an
 * event, the object being the images.
 */
final class Audit {

    private static final String BUCKET = "raw-data";
    private static final String EVENTS = "data-ingester:new-imaging-event";
    private static final String EXPORTS = "upload-worker:new-export";
    private static final Map<String, List<String>> GROUPS =
            Map.of(EVENTS, List.of("export_event", "import_event"), EXPORTS, List.of("import_export"));

    private final CaravanSite site;
    private final Services services;
    private final String context;
    private final ObjectMapper json = new ObjectMapper();

    /** @param context of the test run, such as the seed; every failure tells it */
    Audit(CaravanSite site, Services services, String context) {
        this.site = site;
        this.services = services;
        this.context = context + "; log: " + site.log();
    }

    /** Waits until all is done that was asked for, then looks at what came out of it. */
    void everythingArrivedOnce(CaravanProcess run, Duration patience) {
        awaitUploads(run, patience);
        awaitQuiet(patience);
        assertInboxIsEmpty();
        assertStagingIsWhole();
        assertObjects(exports(run));
    }

    private void awaitUploads(CaravanProcess run, Duration patience) {
        Set<String> expected = ids();
        Awaitility.await(context)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(minus(
                                expected,
                                exports(run).stream()
                                        .map(row -> row.path("ref_id").asText())
                                        .collect(Collectors.toSet())))
                        .as("events without upload")
                        .isEmpty());
    }

    private void awaitQuiet(Duration patience) {
        RedisClient client = RedisClient.create(services.redisUrl());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            Awaitility.await(context)
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(250))
                    .untilAsserted(() -> GROUPS.forEach((stream, groups) -> groups.forEach(group -> {
                        assertThat(redis.xpending(stream, group).getCount())
                                .as("pending in %s of %s", group, stream)
                                .isZero();
                        assertThat(lastRead(redis, stream, group))
                                .as("last entry that %s has read of %s", group, stream)
                                .isEqualTo(pairs(redis.xinfoStream(stream)).get("last-generated-id"));
                    })));
            assertThat(redis.exists(EVENTS + ":dead", EXPORTS + ":dead"))
                    .as("dead entries; %s", context)
                    .isZero();
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    private static String lastRead(RedisCommands<String, String> redis, String stream, String group) {
        return redis.xinfoGroups(stream).stream()
                .map(info -> pairs((List<?>) info))
                .filter(info -> group.equals(info.get("name")))
                .map(info -> info.get("last-delivered-id"))
                .findFirst()
                .orElse("no group " + group);
    }

    private static Map<String, String> pairs(List<?> flat) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            pairs.put(String.valueOf(flat.get(i)), String.valueOf(flat.get(i + 1)));
        }
        return pairs;
    }

    private void assertInboxIsEmpty() {
        Awaitility.await(context).atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (String system : List.of("prince", "aretha")) {
                assertThat(names(site.inbox().resolve(system).resolve("events")))
                        .as("event files of %s", system)
                        .isEmpty();
            }
        });
    }

    /** Unfinished copies of killed runs may still lie there; a finished one must be finished. */
    private void assertStagingIsWhole() {
        List<SampleEvent> staged = site.events().stream()
                .filter(event -> event.system().equals("aretha"))
                .toList();
        Path staging = site.inbox().resolve("staging");
        List<Path> copies = names(staging).stream()
                .filter(name -> !name.startsWith(".tmp-"))
                .map(staging::resolve)
                .toList();
        assertThat(copies).as("staging copies; %s", context).hasSize(staged.size());
        for (SampleEvent event : staged) {
            String suffix = "-" + event.refId().toString().substring(0, 6);
            assertThat(copies)
                    .as("staging copy of %s; %s", event.refId(), context)
                    .anySatisfy(copy -> {
                        assertThat(copy.getFileName().toString()).endsWith(suffix);
                        assertThat(files(copy)).isEqualTo(files(source(event)));
                    });
        }
    }

    private void assertObjects(List<JsonNode> exports) {
        assertThat(exports).as("uploads; %s", context).hasSize(site.events().size());
        Map<String, JsonNode> byId = exports.stream()
                .collect(Collectors.toMap(row -> row.path("ref_id").asText(), row -> row));
        assertThat(byId.keySet()).as("uploaded events; %s", context).isEqualTo(ids());
        try (S3Client s3 = services.openS3()) {
            assertThat(keys(s3))
                    .as("objects; %s", context)
                    .isEqualTo(exports.stream().map(Audit::objectKey).collect(Collectors.toCollection(TreeSet::new)));
            assertThat(s3.listMultipartUploads(list -> list.bucket(BUCKET)).uploads())
                    .as("unfinished multipart uploads; %s", context)
                    .isEmpty();
            for (SampleEvent event : site.events()) {
                assertObject(s3, event, byId.get(event.refId().toString()));
            }
        }
    }

    private void assertObject(S3Client s3, SampleEvent event, JsonNode row) {
        byte[] tar = s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(objectKey(row)))
                .asByteArray();
        assertThat(sha256(tar))
                .as("checksum of %s; %s", row, context)
                .isEqualTo(row.path("checksum").asText());
        assertThat((long) tar.length)
                .as("size of %s; %s", row, context)
                .isEqualTo(row.path("size").asLong());
        Map<String, String> images = images(tar);
        assertThat(images).as("images of %s; %s", row, context).containsAllEntriesOf(files(source(event)));
    }

    /** Every row of event_archives and object_store_entries with its event and checksum. */
    List<JsonNode> exports(CaravanProcess run) {
        List<JsonNode> rows = new ArrayList<>();
        try {
            HttpResponse<String> answer = run.get("/api/1/exports?limit=500");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode page = json.readTree(answer.body());
            page.path("data").forEach(rows::add);
            assertThat(page.path("count").asInt()).as("rows on one page").isEqualTo(rows.size());
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Key and time of last change of all objects. */
    Map<String, String> objectTimes() {
        try (S3Client s3 = services.openS3()) {
            return s3.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents().stream()
                    .collect(Collectors.toMap(
                            S3Object::key, object -> object.lastModified().toString()));
        }
    }

    private static TreeSet<String> keys(S3Client s3) {
        return s3.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String objectKey(JsonNode row) {
        return row.path("key").asText().replaceFirst("^" + BUCKET + "/", "");
    }

    private Set<String> ids() {
        return site.events().stream().map(event -> event.refId().toString()).collect(Collectors.toSet());
    }

    private static Set<String> minus(Set<String> all, Set<String> done) {
        return all.stream().filter(id -> !done.contains(id)).collect(Collectors.toCollection(TreeSet::new));
    }

    private Path source(SampleEvent event) {
        return site.inbox().resolve(event.system()).resolve(event.imageDir());
    }

    private static Map<String, String> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> contents = new HashMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), sha256(Files.readAllBytes(file)));
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> images(byte[] bytes) {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes))) {
            Map<String, String> contents = new HashMap<>();
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    contents.put(entry.getName().replaceFirst("^\\./", ""), sha256(tar.readAllBytes()));
                }
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> content = Files.list(folder)) {
            return content.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
