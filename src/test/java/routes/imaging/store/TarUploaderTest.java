package routes.imaging.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import routes.imaging.HookedHttpClient;
import routes.imaging.TestStore;
import routes.imaging.event.EventType;
import routes.imaging.tar.SourceChangedException;
import routes.imaging.tar.TarLayout;
import routes.imaging.tar.TarLayoutTest;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** Each test has an experiment, and so keys, of its own in one bucket. */
@Timeout(60)
class TarUploaderTest {

    private static final int MIB = 1 << 20;
    private static final Instant TAKEN = Instant.parse("2024-02-01T09:30:00Z");
    private static final UploadSettings SMALL_PARTS =
            new UploadSettings(6 * MIB, 5 * MIB, 2, Duration.ofSeconds(20), Duration.ofDays(1));

    private static TestStore store;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final KeyClaims claims = new KeyClaims();
    private final String experiment = UUID.randomUUID().toString();
    private final UUID event = UUID.randomUUID();

    @TempDir
    Path source;

    @BeforeAll
    static void startStore() throws Exception {
        store = new TestStore();
    }

    @AfterAll
    static void stopStore() throws Exception {
        store.close();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        assertThat(store.unfinished()).as("unfinished uploads").isEmpty();
    }

    @Test
    @DisplayName("U04 size and SHA-256 of a 5 MiB tar are those of the object, U03 content type")
    void checksumOfTheWhole() throws Exception {
        images(3, 5 * MIB / 3);
        HookedHttpClient http = http(operation -> 0);

        UploadedTar uploaded = uploader(http, UploadSettings.DEFAULTS).upload(layout(), key(event));

        byte[] object = store.download(uploaded.key());
        assertThat(uploaded.key()).isEqualTo("images/" + experiment + "/20240201/093000.tar");
        assertThat(uploaded.bucketAndKey()).isEqualTo("raw-data/" + uploaded.key());
        assertThat(object).hasSize((int) uploaded.size()).isEqualTo(TarLayoutTest.bytes(layout()));
        assertThat(uploaded.sha256()).isEqualTo(sha256(object));
        HeadObjectResponse head =
                store.client().headObject(h -> h.bucket(TestStore.BUCKET).key(uploaded.key()));
        assertThat(head.contentType()).isEqualTo("application/x-tar");
        assertThat(head.metadata())
                .containsEntry("sha256", uploaded.sha256())
                .containsEntry("ref-id", event.toString());
        assertThat(http.count("PUT")).isEqualTo(1);
        assertThat(http.count("PART")).isZero();
    }

    @Test
    @DisplayName("U03 a tar above the threshold goes in parts, no more at once than allowed")
    void inParts() throws Exception {
        images(9, 3 * MIB);
        HookedHttpClient http = http(operation -> 0);

        UploadedTar uploaded = uploader(http, SMALL_PARTS).upload(layout(), key(event));

        byte[] object = store.download(uploaded.key());
        assertThat(sha256(object)).isEqualTo(uploaded.sha256()).isEqualTo(sha256(TarLayoutTest.bytes(layout())));
        assertThat(http.count("PART")).isEqualTo(6);
        assertThat(http.mostPartsUnderWay()).isEqualTo(2);
        HeadObjectResponse head =
                store.client().headObject(h -> h.bucket(TestStore.BUCKET).key(uploaded.key()));
        assertThat(head.contentType()).isEqualTo("application/x-tar");
        assertThat(head.metadata()).containsEntry("ref-id", event.toString());
    }

    @Test
    @DisplayName("U10 the same event again sends nothing")
    void secondDelivery() throws Exception {
        images(3, 3 * MIB);
        UploadedTar first = uploader(http(operation -> 0), SMALL_PARTS).upload(layout(), key(event));
        HookedHttpClient http = http(operation -> 0);

        UploadedTar second = uploader(http, SMALL_PARTS).upload(layout(), key(event));

        assertThat(http.operations()).containsOnly("HEAD", "LIST");
        assertThat(second.alreadyThere()).isTrue();
        assertThat(second.sha256()).isEqualTo(first.sha256());
    }

    @Test
    @DisplayName("U10 the same event again, to a store known to honour conditions: its object is not written again")
    void secondDeliveryToAKnownStore() throws Exception {
        images(1, 1_000);
        HookedHttpClient http = http(operation -> 0);
        TarUploader uploader = uploader(http, SMALL_PARTS);
        UploadedTar first = uploader.upload(layout(), key(event));
        Instant stored = lastModified(first.key());
        uploader.upload(layout(), key(UUID.randomUUID()));
        http.operations().clear();

        UploadedTar second = uploader.upload(layout(), key(event));

        assertThat(second.alreadyThere()).isTrue();
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(http.operations())
                .as("a refused PUT, then a look")
                .startsWith("PUT")
                .endsWith("HEAD");
        assertThat(lastModified(first.key())).isEqualTo(stored);
    }

    @Test
    @DisplayName("a small tar for a known store costs one request, and is stored as any other")
    void smallTarInOneRequest() throws Exception {
        images(2, 10_240);
        HookedHttpClient http = http(operation -> 0);
        TarUploader uploader = uploader(http, SMALL_PARTS);
        uploader.upload(layout(), key(UUID.randomUUID()));
        http.operations().clear();

        UploadedTar uploaded = uploader.upload(layout(), new ObjectKey(EventType.VIDEO, experiment, TAKEN, event));

        assertThat(http.operations()).containsExactly("PUT");
        assertThat(uploaded.alreadyThere()).isFalse();
        assertThat(sha256(store.download(uploaded.key()))).isEqualTo(uploaded.sha256());
    }

    @Test
    @DisplayName("the same event with other images replaces its own object, small and in parts")
    void changedImages() throws Exception {
        for (UploadSettings settings : List.of(UploadSettings.DEFAULTS, SMALL_PARTS)) {
            images(3, 3 * MIB);
            uploader(http(operation -> 0), settings).upload(layout(), key(event));
            Files.delete(source.resolve("Img/1.tif"));

            UploadedTar second = uploader(http(operation -> 0), settings).upload(layout(), key(event));

            assertThat(second.alreadyThere()).isFalse();
            assertThat(sha256(store.download(second.key()))).isEqualTo(second.sha256());
        }
    }

    @Test
    @DisplayName("U09 two events of one experiment in the same second give two objects")
    void sameSecond() throws Exception {
        images(1, 1_000);
        UUID other = UUID.randomUUID();
        TarUploader uploader = uploader(http(operation -> 0), SMALL_PARTS);

        UploadedTar first = uploader.upload(layout(), key(event));
        UploadedTar second = uploader.upload(layout(), key(other));

        assertThat(second.key()).isEqualTo(key(other).candidates().get(1));
        assertThat(uploader.upload(layout(), key(event)).key()).isEqualTo(first.key());
        assertThat(uploader.upload(layout(), key(other)).alreadyThere()).isTrue();
    }

    @Test
    void anObjectOfAnotherProgramIsNeverReplaced() throws Exception {
        images(1, 1_000);
        store.client()
                .putObject(
                        put -> put.bucket(TestStore.BUCKET)
                                .key(key(event).candidates().get(0)),
                        software.amazon.awssdk.core.sync.RequestBody.fromString("precious"));

        UploadedTar uploaded = uploader(http(operation -> 0), SMALL_PARTS).upload(layout(), key(event));

        assertThat(uploaded.key()).isEqualTo(key(event).candidates().get(1));
        assertThat(store.download(key(event).candidates().get(0))).asString().isEqualTo("precious");
    }

    @Test
    @DisplayName("U09 two events of the same second at the same time give two objects, again and again")
    void sameSecondAtOnce() throws Exception {
        TarUploader uploader = uploader(http(operation -> 0), SMALL_PARTS);
        for (int round = 0; round < 10; round++) {
            images(2, round == 0 ? 4 * MIB : 1_000);
            Instant second = TAKEN.plusSeconds(round);
            List<CompletableFuture<UploadedTar>> racing = new ArrayList<>();
            for (UUID racer : List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID())) {
                racing.add(async(
                        () -> uploader.upload(layout(), new ObjectKey(EventType.STITCH, experiment, second, racer))));
            }
            List<UploadedTar> uploaded =
                    racing.stream().map(CompletableFuture::join).toList();

            assertThat(uploaded).extracting(UploadedTar::key).doesNotHaveDuplicates();
            for (UploadedTar tar : uploaded) {
                assertThat(sha256(store.download(tar.key()))).isEqualTo(tar.sha256());
            }
        }
    }

    @Test
    @DisplayName("U09 another process completes the same key just before we do: both objects stay")
    void overtakenInParts() throws Exception {
        images(3, 3 * MIB);
        UUID other = UUID.randomUUID();
        AtomicReference<UploadedTar> overtaker = new AtomicReference<>();
        TarUploader otherProcess = otherProcess();
        HookedHttpClient http = http(operation -> {
            if (operation.equals("COMPLETE") && overtaker.get() == null) {
                overtaker.set(otherProcess.upload(layout(), key(other)));
            }
            return 0;
        });

        UploadedTar uploaded = uploader(http, SMALL_PARTS).upload(layout(), key(event));

        assertThat(overtaker.get().key()).isEqualTo(key(other).candidates().get(0));
        assertThat(uploaded.key()).isEqualTo(key(event).candidates().get(1));
        assertThat(sha256(store.download(overtaker.get().key())))
                .isEqualTo(overtaker.get().sha256());
    }

    @Test
    @DisplayName("U09 another process stores the same key just before our PUT: the condition holds")
    void overtakenByPut() throws Exception {
        images(1, 1_000);
        UUID other = UUID.randomUUID();
        AtomicReference<UploadedTar> overtaker = new AtomicReference<>();
        TarUploader otherProcess = otherProcess();
        HookedHttpClient http = http(operation -> {
            if (operation.equals("PUT") && overtaker.get() == null) {
                overtaker.set(otherProcess.upload(layout(), key(other)));
            }
            return 0;
        });

        UploadedTar uploaded = uploader(http, SMALL_PARTS).upload(layout(), key(event));

        assertThat(overtaker.get().key()).isEqualTo(key(other).candidates().get(0));
        assertThat(uploaded.key()).isEqualTo(key(event).candidates().get(1));
    }

    @Test
    @DisplayName("U13 two processes upload the same event at the same time: one object, both agree")
    void sameEventInTwoProcesses() throws Exception {
        images(3, 3 * MIB);
        AtomicReference<UploadedTar> overtaker = new AtomicReference<>();
        TarUploader otherProcess = otherProcess();
        HookedHttpClient http = http(operation -> {
            if (operation.equals("COMPLETE") && overtaker.get() == null) {
                overtaker.set(otherProcess.upload(layout(), key(event)));
            }
            return 0;
        });

        UploadedTar uploaded = uploader(http, SMALL_PARTS).upload(layout(), key(event));

        assertThat(uploaded.key()).isEqualTo(overtaker.get().key());
        assertThat(uploaded.sha256()).isEqualTo(overtaker.get().sha256());
        assertThat(sha256(store.download(uploaded.key()))).isEqualTo(uploaded.sha256());
    }

    @Test
    @DisplayName("U06 S3 answers 503 three times: the upload succeeds")
    void slowDown() throws Exception {
        images(3, 3 * MIB);
        AtomicInteger refused = new AtomicInteger();
        HookedHttpClient http = http(operation -> operation.equals("PART") && refused.incrementAndGet() <= 3 ? 503 : 0);

        UploadedTar uploaded = uploader(http, SMALL_PARTS).upload(layout(), key(event));

        assertThat(refused).hasValueGreaterThan(3);
        assertThat(sha256(store.download(uploaded.key()))).isEqualTo(uploaded.sha256());
    }

    @Test
    @DisplayName("U07 S3 fails in the middle of a multipart upload: no unfinished upload remains, a new try succeeds")
    void failsInTheMiddle() throws Exception {
        images(3, 3 * MIB);
        HookedHttpClient failing = http(operation -> operation.equals("COMPLETE") ? 503 : 0);

        assertThatThrownBy(() -> uploader(failing, SMALL_PARTS).upload(layout(), key(event)))
                .isExactlyInstanceOf(UploadFailedException.class)
                .hasMessageContaining(key(event).candidates().get(0));

        assertThat(failing.count("COMPLETE")).isEqualTo(5);
        assertThat(store.unfinished()).isEmpty();
        assertThat(uploader(http(operation -> 0), SMALL_PARTS)
                        .upload(layout(), key(event))
                        .alreadyThere())
                .isFalse();
    }

    @Test
    @DisplayName("U07 the connection breaks in the middle of a part: retried, and the object is right")
    void brokenConnection() throws Exception {
        images(3, 3 * MIB);
        AtomicInteger broken = new AtomicInteger();
        HookedHttpClient http = http(operation -> {
            if (operation.equals("PART") && broken.incrementAndGet() == 1) {
                throw new IOException("connection reset");
            }
            return 0;
        });

        UploadedTar uploaded = uploader(http, SMALL_PARTS).upload(layout(), key(event));

        assertThat(sha256(store.download(uploaded.key()))).isEqualTo(uploaded.sha256());
    }

    @Test
    @DisplayName("U07 the answer to the completion is lost: the object is found, nothing is sent again")
    void lostAnswer() throws Exception {
        images(3, 3 * MIB);
        S3Client direct = store.client();
        String key = key(event).candidates().get(0);
        AtomicInteger completions = new AtomicInteger();
        AtomicReference<CompletableFuture<?>> completing = new AtomicReference<>();
        HookedHttpClient http = http(operation -> {
            if (!operation.equals("COMPLETE")) {
                return 0;
            }
            if (completions.incrementAndGet() == 1) {
                completing.set(CompletableFuture.runAsync(
                        () -> complete(direct, key), CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS)));
            }
            throw new IOException("read timed out");
        });

        UploadedTar uploaded = uploader(http, SMALL_PARTS).upload(layout(), key(event));

        completing.get().join();
        assertThat(http.count("CREATE")).isEqualTo(1);
        assertThat(http.count("PART")).isEqualTo(2);
        assertThat(sha256(store.download(uploaded.key()))).isEqualTo(uploaded.sha256());
    }

    @Test
    @DisplayName("a store without conditional writes is asked once and then written to without")
    void noConditions() throws Exception {
        images(1, 1_000);
        AtomicInteger puts = new AtomicInteger();
        HookedHttpClient http = http(operation -> operation.equals("PUT") && puts.incrementAndGet() == 1 ? 501 : 0);
        TarUploader uploader = uploader(http, SMALL_PARTS);

        uploader.upload(layout(), key(event));
        UploadedTar second = uploader.upload(layout(), key(UUID.randomUUID()));

        assertThat(second.key()).contains("093000-");
        assertThat(http.count("PUT")).isLessThanOrEqualTo(7);
    }

    @Test
    @DisplayName("no permission and no bucket are for an operator to mend")
    void refused() throws Exception {
        images(1, 1_000);
        S3Client stranger =
                opened(store.connection(AwsBasicCredentials.create("local", "wrong"), Duration.ofSeconds(30))
                        .open());
        S3Client known = opened(store.connection().open());

        assertThatThrownBy(() -> uploader(stranger, TestStore.BUCKET, claims, SMALL_PARTS)
                        .upload(layout(), key(event)))
                .isInstanceOf(StoreRefusedException.class);
        assertThatThrownBy(() ->
                        uploader(known, "no-such-bucket", claims, SMALL_PARTS).upload(layout(), key(event)))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("no-such-bucket");
    }

    @Test
    @DisplayName("a file rewritten between hashing and sending, size and time kept, is noticed and nothing is stored")
    void rewrittenInBetween() throws Exception {
        images(3, 3 * MIB);
        for (UploadSettings settings : List.of(UploadSettings.DEFAULTS, SMALL_PARTS)) {
            AtomicInteger looks = new AtomicInteger();
            HookedHttpClient http = http(operation -> {
                if (operation.equals("HEAD") && looks.incrementAndGet() == 1) {
                    Path image = source.resolve("Img/2.tif");
                    FileTime before = Files.getLastModifiedTime(image);
                    byte[] content = Files.readAllBytes(image);
                    content[content.length - 1] ^= 1;
                    Files.write(image, content);
                    Files.setLastModifiedTime(image, before);
                }
                return 0;
            });

            assertThatThrownBy(() -> uploader(http, settings).upload(layout(), key(event)))
                    .isInstanceOf(SourceChangedException.class)
                    .hasMessageContaining("2.tif was modified");

            await().untilAsserted(() -> assertThat(store.keys()).noneMatch(stored -> stored.contains(experiment)));
            assertThat(store.unfinished()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "U10 the same event again, to a store that closes the connection on what it refuses: it looks, and sends nothing")
    void refusedByClosing() throws Exception {
        images(1, 1_000);
        AtomicBoolean closes = new AtomicBoolean();
        HookedHttpClient http = http(operation -> {
            if (closes.get() && operation.equals("PUT")) {
                throw new IOException("Broken pipe");
            }
            return 0;
        });
        TarUploader uploader = uploader(http, SMALL_PARTS);
        UploadedTar first = uploader.upload(layout(), key(event));
        uploader.upload(layout(), key(UUID.randomUUID()));
        closes.set(true);

        UploadedTar second = uploader.upload(layout(), key(event));

        assertThat(second.alreadyThere()).isTrue();
        assertThat(second.key()).isEqualTo(first.key());
    }

    @Test
    @DisplayName("U08 parts that outlive their finished object, after a kill in between, go when the event comes again")
    void partsOfAStoredObject() throws Exception {
        images(3, 3 * MIB);
        String key = uploader(http(operation -> 0), SMALL_PARTS)
                .upload(layout(), key(event))
                .key();
        store.client()
                .createMultipartUpload(create -> create.bucket(TestStore.BUCKET).key(key));

        assertThat(uploader(http(operation -> 0), SMALL_PARTS)
                        .upload(layout(), key(event))
                        .alreadyThere())
                .isTrue();

        assertThat(store.unfinished()).isEmpty();
    }

    @Test
    @DisplayName("U08 what a killed process left of the same key is gone after the upload")
    void leftovers() throws Exception {
        images(3, 3 * MIB);
        String key = key(event).candidates().get(0);
        store.client()
                .createMultipartUpload(create -> create.bucket(TestStore.BUCKET).key(key));
        store.client()
                .createMultipartUpload(create -> create.bucket(TestStore.BUCKET).key(key));
        String neighbour = store.client()
                .createMultipartUpload(create -> create.bucket(TestStore.BUCKET).key(key + "x"))
                .uploadId();

        uploader(http(operation -> 0), SMALL_PARTS).upload(layout(), key(event));

        assertThat(store.unfinished()).extracting(upload -> upload.uploadId()).containsExactly(neighbour);
        store.client()
                .abortMultipartUpload(
                        abort -> abort.bucket(TestStore.BUCKET).key(key + "x").uploadId(neighbour));
    }

    @Test
    @DisplayName("O04 a stop ends running uploads within 10 s and aborts them")
    void stop() throws Exception {
        images(3, 3 * MIB);
        CountDownLatch sending = new CountDownLatch(1);
        HookedHttpClient http = http(operation -> {
            if (operation.equals("PART")) {
                sending.countDown();
                hang();
            }
            return 0;
        });
        TarUploader uploader = uploader(http, SMALL_PARTS);
        CompletableFuture<UploadedTar> upload = async(() -> uploader.upload(layout(), key(event)));
        assertThat(sending.await(20, TimeUnit.SECONDS)).isTrue();

        long stopped = System.nanoTime();
        uploader.close();

        await().atMost(Duration.ofSeconds(10)).until(upload::isDone);
        assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(10));
        assertThat(catchThrowable(upload::join).getCause().getCause()).isInstanceOf(UploadFailedException.class);
        assertThat(store.unfinished()).isEmpty();
        assertThatThrownBy(() -> uploader.upload(layout(), key(event))).isInstanceOf(UploadFailedException.class);
    }

    @Test
    @DisplayName(
            "a store that takes no byte any more fails the attempt after the stall limit, and a stop ends it at once")
    void stalledStore() throws Exception {
        images(3, 3 * MIB);
        try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            deaf.setReceiveBufferSize(4_096);
            S3Connection connection = new S3Connection(
                    Optional.of(URI.create("http://127.0.0.1:" + deaf.getLocalPort())),
                    Optional.of("us-east-1"),
                    Optional.of(AwsBasicCredentials.create("local", "locallocal")),
                    true,
                    10,
                    Duration.ofSeconds(1));
            HookedHttpClient http = opened(
                    new HookedHttpClient(connection.openHttp(), operation -> operation.equals("HEAD") ? 404 : 0));
            TarUploader uploader =
                    uploader(opened(connection.open(http)), TestStore.BUCKET, claims, UploadSettings.DEFAULTS);

            assertThatThrownBy(() -> uploader.upload(layout(), key(event)))
                    .isExactlyInstanceOf(UploadFailedException.class)
                    .hasMessageContaining("for 1 s");
            assertThat(http.count("PUT")).isEqualTo(1);
        }
    }

    @Test
    void partsGrowWithTheObject() {
        assertThat(UploadSettings.DEFAULTS.partSizeFor(5L << 30)).isEqualTo(50 * MIB);
        assertThat(UploadSettings.DEFAULTS.partSizeFor(1L << 40)).isEqualTo(105 * MIB);
        assertThat((1L << 40) / UploadSettings.DEFAULTS.partSizeFor(1L << 40)).isLessThan(10_000);
    }

    private static Instant lastModified(String key) {
        return store.client()
                .headObject(head -> head.bucket(TestStore.BUCKET).key(key))
                .lastModified();
    }

    /** What a store does that got the request to complete, only later. */
    private static void complete(S3Client s3, String key) {
        String id = store.unfinished().get(0).uploadId();
        List<CompletedPart> parts =
                s3.listParts(list -> list.bucket(TestStore.BUCKET).key(key).uploadId(id)).parts().stream()
                        .map(part -> CompletedPart.builder()
                                .partNumber(part.partNumber())
                                .eTag(part.eTag())
                                .build())
                        .toList();
        s3.completeMultipartUpload(complete ->
                complete.bucket(TestStore.BUCKET).key(key).uploadId(id).multipartUpload(upload -> upload.parts(parts)));
    }

    private static void hang() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }

    private void images(int count, int size) throws IOException {
        Files.createDirectories(source.resolve("Img"));
        byte[] content = new byte[size];
        for (int i = 0; i < count; i++) {
            new Random(i).nextBytes(content);
            Files.write(source.resolve("Img/" + i + ".tif"), content);
        }
    }

    private TarLayout layout() throws IOException {
        return TarLayout.of(source, Optional.empty());
    }

    private ObjectKey key(UUID refId) {
        return new ObjectKey(EventType.STITCH, experiment, TAKEN, refId);
    }

    private HookedHttpClient http(HookedHttpClient.Hook hook) {
        return new HookedHttpClient(store.connection().openHttp(), hook);
    }

    private TarUploader uploader(HookedHttpClient http, UploadSettings settings) {
        return uploader(opened(store.connection().open(http)), TestStore.BUCKET, claims, settings);
    }

    /** Shares the store with ours, but no claims. */
    private TarUploader otherProcess() {
        return uploader(opened(store.connection().open()), TestStore.BUCKET, new KeyClaims(), SMALL_PARTS);
    }

    private static TarUploader uploader(S3Client s3, String bucket, KeyClaims claims, UploadSettings settings) {
        return new TarUploader(
                new ObjectStore(s3, bucket), claims, settings, Clock.fixed(Instant.now(), ZoneOffset.UTC));
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }

    private static <T> CompletableFuture<T> async(IoSupplier<T> supplier) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return supplier.get();
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        });
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private interface IoSupplier<T> {
        T get() throws IOException;
    }
}
