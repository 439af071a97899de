package routes.platform.rest;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@RestTest
class DocsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private ObjectMapper mapper;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @DisplayName("A02 openapi.json lists all endpoints of all contracts and is valid")
    void merged() throws Exception {
        HttpResponse<String> response = get("/openapi.json");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode paths = mapper.readTree(response.body()).path("paths");
        assertThat(paths.fieldNames())
                .toIterable()
                .contains(
                        "/health", "/health/ready", "/api/1/exports", "/api/1/archives/{id}", "/api/1/events/{ref_id}");
        assertThat(new OpenAPIV3Parser().readContents(response.body()).getMessages())
                .isEmpty();
        assertThat(paths.at("/~1api~11~1exports/get/responses/422/$ref").asText())
                .isEqualTo("#/components/responses/imaging.InvalidInput");
    }

    @Test
    @DisplayName("A02 each contract is served alone, an unknown one is not found")
    void single() throws Exception {
        assertThat(mapper.readTree(get("/openapi/imaging.json").body())
                        .path("paths")
                        .has("/exports"))
                .isTrue();
        assertThat(get("/openapi/nothing.json").statusCode()).isEqualTo(404);
        assertThat(get("/openapi/..%2fapplication.json").statusCode()).isIn(400, 404);
    }

    @Test
    @DisplayName("A02 the page and every file it names come from this server, under a strict policy")
    void page() throws Exception {
        HttpResponse<String> page = get("/docs");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self';");
        List<String> files = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(page.body())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(files).hasSizeGreaterThan(4).noneMatch(file -> file.contains(":"));
        for (String file : files) {
            assertThat(get("/" + file).statusCode()).as(file).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("A02 redoc leads to the page")
    void redoc() throws Exception {
        HttpResponse<String> response = get("/redoc");

        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(response.headers().firstValue("Location")).contains("docs");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
