package routes.platform.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Describes what is wrong with a configured value: its key, where it was set, the value unless it is a secret, and
 * the rule.
 */
class FaultTexts {

    private final Environment environment;

    FaultTexts(Environment environment) {
        this.environment = environment;
    }

    /** For a value that breaks a rule. */
    static String broken(ValidationErrors errors, ObjectError error) {
        if (!(error instanceof FieldError field)) {
            return "%s: %s".formatted(errors.getName(), error.getDefaultMessage());
        }
        String key = errors.getName() + "." + DataObjectPropertyName.toDashedForm(field.getField());
        return field.getRejectedValue() == null
                ? "%s is required and not set.".formatted(key)
                : "%s = %s%s: %s"
                        .formatted(
                                key,
                                Secrets.shown(key, field.getRejectedValue()),
                                place(Origin.from(field)),
                                field.getDefaultMessage());
    }

    /**
     * For a value that cannot be converted to its type.
     *
     * @param type of the key
     */
    String unreadable(
            ConfigurationPropertyName name, Class<?> type, @Nullable ConfigurationProperty property, Throwable cause) {
        String key = name.toString();
        String text = property == null ? null : String.valueOf(property.getValue());
        return "%s = %s%s%s: %s"
                .formatted(
                        key,
                        Secrets.shown(key, text == null ? null : resolved(text)),
                        text != null && text.contains("${") ? " as " + text : "",
                        place(Origin.from(property)),
                        expectation(type, cause));
    }

    private String resolved(String text) {
        try {
            return environment.resolvePlaceholders(text);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String place(@Nullable Origin origin) {
        return origin == null ? "" : " (" + origin + ")";
    }

    private static String expectation(Class<?> type, Throwable cause) {
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        Throwable reason = ourReason(cause);
        return reason == null ? "is no " + type.getSimpleName() : String.valueOf(reason.getMessage());
    }

    /** Messages of the JDK repeat the value, secrets included; ours begin with "must be". */
    private static @Nullable Throwable ourReason(Throwable cause) {
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof PlaceholderResolutionException) {
                return reason;
            }
            if (reason instanceof IllegalArgumentException
                    && reason.getMessage() != null
                    && reason.getMessage().startsWith("must ")) {
                return reason;
            }
        }
        return null;
    }
}
