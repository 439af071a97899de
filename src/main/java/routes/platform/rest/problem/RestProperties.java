package routes.platform.rest.problem;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Keys {@code caravan.http.*}.
 *
 * @param maxRequestBody the longest request body that is read; a longer one gets a 413
 * @param bodyTimeout how long a request body may take to arrive; a slower one gets a 408
 * @param retryAfter what a 503 tells the client to wait
 */
@Validated
@ConfigurationProperties("caravan.http")
public record RestProperties(
        @DefaultValue("1MB") DataSize maxRequestBody,
        @DefaultValue("10s") Duration bodyTimeout,
        @DefaultValue("10s") Duration retryAfter) {}
