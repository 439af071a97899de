package routes.platform.errors;

import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.validation.ValidationException;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchHeaderException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import routes.platform.InvalidInputException;
import routes.platform.NotFoundException;

/** Wires the error policy and the dead letters. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ErrorsProperties.class)
class ErrorsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ErrorClassifier errorClassifier() {
        return new ErrorClassifier(
                Set.of(
                        InvalidInputException.class,
                        NotFoundException.class,
                        ValidationException.class,
                        JsonProcessingException.class,
                        IllegalArgumentException.class,
                        // Programming errors, which waiting does not fix.
                        NullPointerException.class,
                        ClassCastException.class,
                        IndexOutOfBoundsException.class,
                        ArithmeticException.class,
                        UnsupportedOperationException.class,
                        // The only JVM error that an input can cause: it is nested too deeply.
                        StackOverflowError.class,
                        // Camel: the message is not of the kind that the route accepts.
                        org.apache.camel.ValidationException.class,
                        TypeConversionException.class,
                        NoTypeConversionAvailableException.class,
                        InvalidPayloadException.class,
                        NoSuchHeaderException.class,
                        NoSuchBeanException.class,
                        ExpressionIllegalSyntaxException.class,
                        // Spring: the statement or its values are wrong.
                        NonTransientDataAccessException.class),
                // JVM errors, such as a lack of memory, are not the message's fault, whatever wraps them.
                Set.of(
                        Error.class,
                        IOException.class,
                        TimeoutException.class,
                        NonTransientDataAccessResourceException.class));
    }

    @Bean
    BodyCodec deadLetterBodyCodec(ObjectMapper mapper, ErrorsProperties properties) {
        return new BodyCodec(mapper, properties.maxBody().toBytes());
    }

    @Bean
    HeaderCodec deadLetterHeaderCodec(ObjectMapper mapper) {
        return new HeaderCodec(mapper);
    }

    /** While the database does not answer, the value is NaN, and the scrape succeeds. */
    @Bean
    MeterBinder deadLettersWaiting(DeadLetterRepository letters) {
        DeadLetterFilter waiting = DeadLetterFilter.of(DeadLetterStatus.DEAD);
        return registry -> Gauge.builder("caravan.dead.letters.waiting", () -> letters.count(waiting))
                .description("Dead letters that wait for a decision")
                .register(registry);
    }
}
