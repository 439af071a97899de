package routes.platform;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with one field of an input, in words for whoever sent it.
 *
 * @param location where the field is, outermost first: {@code query, limit} or {@code body, img_dir}
 * @param code short machine-readable kind: {@code missing}, {@code greater_than_equal}, …
 * @param message what is wrong and what would be right
 * @param input the value as given; null when it was missing or must not be repeated
 */
public record FieldProblem(List<String> location, String code, String message, @Nullable String input) {

    public FieldProblem {
        location = List.copyOf(location);
    }
}
