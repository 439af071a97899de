package routes.platform.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Says of every wrong value its key, where it was set, the value and the rule. In place of Boot's two analyzers, which
 * would also print passwords.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class BindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final String ACTION =
            "Correct the configuration. All keys, with units and defaults:" + " docs/configuration.md";

    private final Environment environment;

    BindingFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        BindValidationException invalid = findCause(cause, BindValidationException.class);
        String description = invalid == null ? unreadable(cause) : broken(invalid.getValidationErrors());
        return new FailureAnalysis(description, ACTION, cause);
    }

    private static String broken(ValidationErrors errors) {
        return errors.getAllErrors().stream()
                .map(error -> rule(errors, error))
                .sorted()
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String rule(ValidationErrors errors, ObjectError error) {
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

    private String unreadable(BindException cause) {
        ConfigurationProperty property = cause.getProperty();
        String key = cause.getName().toString();
        String text = property == null ? null : String.valueOf(property.getValue());
        return "%s = %s%s%s: %s"
                .formatted(
                        key,
                        Secrets.shown(key, text == null ? null : resolved(text)),
                        text != null && text.contains("${") ? " as " + text : "",
                        place(Origin.from(property)),
                        expectation(cause));
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

    private static String expectation(BindException cause) {
        Class<?> type = cause.getTarget().getType().resolve(Object.class);
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        Throwable reason = ourReason(cause);
        return reason == null ? "is no " + type.getSimpleName() : String.valueOf(reason.getMessage());
    }

    /** The JDK's own messages repeat the value, secrets included; ours begin with what must be. */
    private static @Nullable Throwable ourReason(BindException cause) {
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
