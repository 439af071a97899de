package routes.platform.config;

import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Describes every wrong value by its key, where it was set, the value and the rule. Replaces two analyzers of Spring
 * Boot, which would also print passwords.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class BindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private final FaultTexts texts;

    BindingFailureAnalyzer(Environment environment) {
        this.texts = new FaultTexts(environment);
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        BindValidationException invalid = findCause(cause, BindValidationException.class);
        String description = invalid == null
                ? texts.unreadable(
                        cause.getName(), cause.getTarget().getType().resolve(Object.class), cause.getProperty(), cause)
                : broken(invalid.getValidationErrors());
        return new FailureAnalysis(description, ConfigurationCheck.ACTION, cause);
    }

    private static String broken(ValidationErrors errors) {
        return errors.getAllErrors().stream()
                .map(error -> FaultTexts.broken(errors, error))
                .sorted()
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
