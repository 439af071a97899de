package routes.local;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a {@link LocalServiceException} into Spring Boot's short report instead of a stack trace. */
final class LocalServiceFailureAnalyzer extends AbstractFailureAnalyzer<LocalServiceException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, LocalServiceException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
