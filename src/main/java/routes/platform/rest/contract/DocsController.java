package routes.platform.rest.contract;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Serves the documentation of every HTTP API: a page for people and the contracts for programs. Works without
 * internet access.
 */
@Controller
class DocsController {

    private final ContractCatalog catalog;

    DocsController(ContractCatalog catalog) {
        this.catalog = catalog;
    }

    /** The path has no slash at its end: the page finds its files by relative paths, behind any proxy. */
    @GetMapping("/docs")
    String page() {
        return "forward:/docs/index.html";
    }

    /** The original's other page; the redirect is relative, so that a proxy may serve Caravan below a path. */
    @GetMapping({"/redoc", "/docs/"})
    ResponseEntity<Void> otherPage(HttpServletRequest request) {
        String page = request.getRequestURI().endsWith("/") ? "../docs" : "docs";
        return ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                .header(HttpHeaders.LOCATION, page)
                .build();
    }

    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    JsonNode all() {
        return catalog.merged();
    }

    /** The choices of the page's selector, in the form that it reads. */
    @GetMapping(path = "/openapi/index.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    List<Map<String, String>> index() {
        return catalog.contracts().keySet().stream()
                .map(name -> Map.of("name", name, "url", "openapi/" + name + ".json"))
                .toList();
    }

    @GetMapping(path = "/openapi/{name}.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JsonNode> one(@PathVariable String name) {
        return ResponseEntity.of(catalog.contract(name));
    }
}
