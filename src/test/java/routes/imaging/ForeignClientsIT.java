package routes.imaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;
import routes.platform.ForeignProgram;
import routes.platform.Peers;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator's usual programs see of the streams and the objects. */
@Tag("peer")
class ForeignClientsIT extends ImagingWorkflow {

    @TempDir
    private Path scratch;

    @Test
    @DisplayName("I19 redis-cli reads entries of one field data, and groups with nothing pending")
    void redisCli() {
        ForeignProgram redisCli = Peers.require("redis-cli");
        String url = environment.getRequiredProperty("spring.data.redis.url");
        SampleEvent event = drop(SampleEvent.ofPrince());
        awaitExported(event.refId());

        String entries = redisCli.run("-u", url, "XRANGE", imaging.streams().events(), "-", "+");
        // Not on a terminal, redis-cli writes one element a line: id, field, value, field, value…
        String[] lines = entries.split("\n");
        assertThat(lines.length % 3).isZero();
        for (int i = 0; i < lines.length; i += 3) {
            assertThat(lines[i]).matches("\\d+-\\d+");
            assertThat(lines[i + 1]).isEqualTo("data");
            assertThat(parse(lines[i + 2]).path("ref_id").isTextual()).isTrue();
        }
        assertThat(entries).contains(event.refId().toString());
        assertThat(redisCli.run("-u", url, "XINFO", "GROUPS", imaging.streams().events()))
                .contains(imaging.streams().uploadGroup(), imaging.streams().importGroup());
        await().untilAsserted(() -> assertThat(redisCli.run(
                                "-u",
                                url,
                                "XPENDING",
                                imaging.streams().events(),
                                imaging.streams().uploadGroup())
                        .lines()
                        .findFirst())
                .contains("0"));
    }

    @Test
    @DisplayName("U02 U03 U04 the aws program lists and fetches the object, which the system's tar unpacks unchanged")
    void awsAndTar() throws Exception {
        ForeignProgram aws = aws();
        ForeignProgram tar = Peers.require("tar");
        ForeignProgram sha256sum = Peers.require("sha256sum");
        // In two parts
        SampleEvent event = drop(SampleEvent.ofPrince().images(3, 3 << 20));
        JsonNode export = awaitExported(event.refId()).path("export");
        String key = export.path("key").asText().substring(imaging.bucket().length() + 1);
        String address = "s3://" + imaging.bucket() + "/" + key;

        assertThat(s3(aws, "s3", "ls", address))
                .contains(" " + export.path("size").asText() + " ");
        JsonNode head = parse(s3(aws, "s3api", "head-object", "--bucket", imaging.bucket(), "--key", key));
        assertThat(head.path("ContentType").asText()).isEqualTo("application/x-tar");
        assertThat(head.path("Metadata").path("sha256").asText())
                .isEqualTo(export.path("checksum").asText());
        assertThat(head.path("Metadata").path("ref-id").asText())
                .isEqualTo(event.refId().toString());

        Path copy = scratch.resolve("copy.tar");
        s3(aws, "s3", "cp", "--no-progress", address, copy.toString());
        assertThat(sha256sum.run(copy.toString()))
                .startsWith(export.path("checksum").asText());
        assertThat(tar.run("-tvf", copy.toString()))
                .contains(" ./\n", "./Img/\n", "./Img/img_000.tif\n", "./Img/img_001.tif\n", "./Img/img_002.tif\n");
        Path unpacked = Files.createDirectory(scratch.resolve("unpacked"));
        tar.run("-xf", copy.toString(), "-C", unpacked.toString());
        Path source = share("prince").resolve(event.imageDir());
        for (int i = 0; i < 3; i++) {
            Path image = Path.of("Img", "img_%03d.tif".formatted(i));
            assertThat(sumOf(sha256sum, unpacked.resolve(image))).isEqualTo(sumOf(sha256sum, source.resolve(image)));
        }
    }

    @Test
    @DisplayName("A06 curl fetches the object by its presigned URL, with the recorded checksum")
    void presignedUrl() {
        ForeignProgram curl = Peers.require("curl");
        ForeignProgram sha256sum = Peers.require("sha256sum");
        SampleEvent event = drop(SampleEvent.ofPrince());
        JsonNode export = awaitExported(event.refId()).path("export");
        Path copy = scratch.resolve("presigned.tar");

        curl.run("-sSf", "-o", copy.toString(), export.path("url").asText());

        assertThat(sumOf(sha256sum, copy)).isEqualTo(export.path("checksum").asText());
    }

    @Test
    @DisplayName("A11 curl reaches the API by the name fastapi.localhost through nginx, and only by known names")
    void reverseProxy() throws Exception {
        ForeignProgram curl = Peers.require("curl");
        ForeignProgram nginx = Peers.require("nginx");
        int proxyPort = TestSocketUtils.findAvailableTcpPort();
        String configuration = Files.writeString(
                        scratch.resolve("nginx.conf"),
                        """
                pid nginx.pid;
                error_log error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {
                        listen 127.0.0.1:%d;
                        location / {
                            proxy_pass http://127.0.0.1:%d;
                            proxy_set_header Host $host;
                            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                            proxy_set_header X-Forwarded-Proto $scheme;
                        }
                    }
                }
                """
                                .formatted(proxyPort, port))
                .toString();
        String prefix = scratch + "/";
        String exports = "http://127.0.0.1:" + proxyPort + "/api/1/exports";

        nginx.run("-p", prefix, "-e", prefix + "error.log", "-c", configuration);
        try {
            assertThat(parse(curl.run("-sSf", "-H", "Host: fastapi.localhost", exports))
                            .path("data")
                            .isArray())
                    .isTrue();
            assertThat(curl.run("-sS", "-o", "-", "-w", "%{http_code}", "-H", "Host: elsewhere.example", exports))
                    .endsWith("403");
        } finally {
            nginx.run("-p", prefix, "-e", prefix + "error.log", "-c", configuration, "-s", "stop");
        }
    }

    /** The local store keeps no lifecycle rules, so this proves the form of the file only: aws sends it, S3Proxy refuses. */
    @Test
    @DisplayName("the aws program takes docs/bucket-lifecycle.json as a lifecycle configuration")
    void lifecycle() {
        ForeignProgram aws = aws();
        String rules = "file://" + Path.of("docs", "bucket-lifecycle.json").toAbsolutePath();

        String outcome = aws.errorsOf(withEndpoint(
                "s3api",
                "put-bucket-lifecycle-configuration",
                "--bucket",
                imaging.bucket(),
                "--lifecycle-configuration",
                rules));

        assertThat(outcome).doesNotContain("Parameter validation failed", "Error parsing", "Unknown parameter");
    }

    private static ForeignProgram aws() {
        return Peers.require("aws")
                .with("AWS_ACCESS_KEY_ID", "local")
                .with("AWS_SECRET_ACCESS_KEY", "locallocal")
                .with("AWS_DEFAULT_REGION", "us-east-1")
                .with("AWS_EC2_METADATA_DISABLED", "true");
    }

    private String s3(ForeignProgram aws, String... arguments) {
        return aws.run(withEndpoint(arguments));
    }

    private String[] withEndpoint(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--endpoint-url";
        all[arguments.length + 1] = environment.getRequiredProperty("camel.component.aws2-s3.uri-endpoint-override");
        return all;
    }

    private static String sumOf(ForeignProgram sha256sum, Path file) {
        return sha256sum.run(file.toString()).substring(0, 64);
    }
}
