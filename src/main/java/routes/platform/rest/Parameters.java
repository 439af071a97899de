package routes.platform.rest;

import java.util.Map;
import java.util.Optional;

/**
 * The path and query parameters of an operation, which the contract has checked and turned into its types.
 *
 * @param headers of the message in which the route got the request
 */
public record Parameters(Map<String, Object> headers) {

    /**
     * The value, or the contract's default; empty where it was not given and has none.
     *
     * @param type of the contract: Integer, Long, Boolean, OffsetDateTime, LocalDate, UUID, otherwise String
     */
    public <T> Optional<T> get(String name, Class<T> type) {
        return Optional.ofNullable(type.cast(headers.get(name)));
    }

    public Optional<String> text(String name) {
        return get(name, String.class);
    }

    /** A text by which a list is filtered; a blank one, as a form sends it, filters nothing. */
    public Optional<String> filter(String name) {
        return text(name).filter(text -> !text.isBlank());
    }
}
