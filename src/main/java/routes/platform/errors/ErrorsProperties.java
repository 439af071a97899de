package routes.platform.errors;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The error policy and its dead letters, {@code caravan.errors.*}.
 *
 * @param node name of this process in its dead letters
 * @param retry how transient errors are tried again
 * @param maxBody bodies up to this size are kept in the dead letter, larger ones by reference; at most 1 MiB, which
 *     is what one binary column of H2 holds
 * @param requeueInterval how often queued dead letters are looked for
 * @param requeueClaim how long one process may work on a requeued letter before another may try it
 */
@Validated
@ConfigurationProperties("caravan.errors")
public record ErrorsProperties(
        @NotBlank @DefaultValue("localhost") String node,
        @Valid @DefaultValue Retry retry,
        @NotNull @DefaultValue("1MB") DataSize maxBody,
        @NotNull @DefaultValue("1s") Duration requeueInterval,
        @NotNull @DefaultValue("10m") Duration requeueClaim) {

    private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(1);

    public ErrorsProperties {
        if (maxBody.isNegative() || maxBody.compareTo(LARGEST_BODY) > 0) {
            throw new IllegalArgumentException(
                    "caravan.errors.max-body is " + maxBody + "; it must be between 0B and 1MB");
        }
        if (requeueInterval.toMillis() < 1 || requeueClaim.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "caravan.errors.requeue-interval and caravan.errors.requeue-claim must be at least 1ms");
        }
    }

    /**
     * @param attempts redeliveries after the first try; 0 gives up at once
     * @param delay before the first redelivery
     * @param multiplier each further delay is this many times the one before
     * @param maxDelay no delay is longer
     * @param jitter each delay is changed at random by up to this share of it, so that many messages that failed
     *     together do not come back together
     * @param asynchronous whether the wait frees the consumer's thread for other messages
     */
    public record Retry(
            @Min(0) @DefaultValue("5") int attempts,
            @NotNull @DefaultValue("1s") Duration delay,
            @DecimalMin("1") @DefaultValue("2") double multiplier,
            @NotNull @DefaultValue("30s") Duration maxDelay,
            @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.2") double jitter,
            @DefaultValue("true") boolean asynchronous) {}
}
