package routes.platform.cluster;

import java.time.Duration;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Leases, {@code caravan.lease.*}.
 *
 * @param node name of this process, shown as the holder; names need not be unique
 * @param duration how long a lease lasts that is not renewed: the longest time without a holder after a crash
 * @param renew how often a holder renews
 * @param margin how long before the end of a lease that could not be renewed its holder steps down
 * @param poll how often others ask for it, and a holder tries again to renew
 */
@Validated
@ConfigurationProperties("caravan.lease")
public record LeaseProperties(
        @NotBlank @DefaultValue("localhost") String node,
        @NotNull @DefaultValue("30s") Duration duration,
        @NotNull @DefaultValue("10s") Duration renew,
        @NotNull @DefaultValue("5s") Duration margin,
        @NotNull @DefaultValue("2s") Duration poll) {

    public LeaseProperties {
        if (poll.toMillis() < 1 || margin.toMillis() < 1 || renew.compareTo(poll) < 0) {
            throw new IllegalArgumentException(
                    "caravan.lease.poll and .margin must be at least 1ms, and .renew not shorter than .poll");
        }
        if (renew.plus(poll).plus(margin).compareTo(duration) > 0) {
            throw new IllegalArgumentException("caravan.lease.duration is " + duration
                    + "; it must leave room for one renewal, one more try and the margin: at least "
                    + renew.plus(poll).plus(margin));
        }
    }
}
