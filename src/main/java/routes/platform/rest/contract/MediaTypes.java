package routes.platform.rest.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.swagger.v3.oas.models.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** The media types an operation reads and writes. */
class MediaTypes {

    private final Set<String> read = new LinkedHashSet<>();
    private final Set<String> written = new LinkedHashSet<>();

    MediaTypes(Operation operation) {
        if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
            read.addAll(operation.getRequestBody().getContent().keySet());
        }
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2") && response.getContent() != null) {
                written.addAll(response.getContent().keySet());
            }
        });
    }

    boolean hasBody() {
        return !read.isEmpty();
    }

    String readable() {
        return String.join(", ", read);
    }

    String writable() {
        return String.join(", ", written);
    }

    /** A body without a type is assumed to be what the operation reads. */
    boolean reads(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return true;
        }
        try {
            MediaType given = MediaType.parseMediaType(contentType);
            // JSON is UTF-8 (RFC 8259).
            boolean isUtf8 = given.getCharset() == null || given.getCharset().equals(StandardCharsets.UTF_8);
            return isUtf8 && read.stream().map(MediaType::parseMediaType).anyMatch(type -> type.includes(given));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Empty when the client accepts none of the operation's types; an operation without content suits every client. */
    Optional<String> answerFor(@Nullable String accept) {
        if (written.isEmpty()) {
            return Optional.of(MediaType.APPLICATION_JSON_VALUE);
        }
        for (MediaType range : rangesOf(accept)) {
            for (String type : written) {
                if (range.includes(MediaType.parseMediaType(type)) && range.getQualityValue() > 0) {
                    return Optional.of(type);
                }
            }
        }
        return Optional.empty();
    }

    private static List<MediaType> rangesOf(@Nullable String accept) {
        try {
            List<MediaType> ranges = new ArrayList<>(MediaType.parseMediaTypes(accept));
            if (!ranges.isEmpty()) {
                MimeTypeUtils.sortBySpecificity(ranges);
                return ranges;
            }
        } catch (IllegalArgumentException e) {
            // An unreadable Accept header counts as none.
        }
        return List.of(MediaType.ALL);
    }
}
