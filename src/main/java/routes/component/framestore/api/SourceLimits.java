package routes.component.framestore.api;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What one source may keep.
 *
 * @param ttl age at which its entries are no longer served, zero for never; null for that of the store
 * @param quotaBytes bytes it may keep, before its oldest blocks go; 0 for no limit
 */
public record SourceLimits(@Nullable Duration ttl, long quotaBytes) {

    /** Those of the store. */
    public static final SourceLimits NONE = new SourceLimits(null, 0);

    public SourceLimits {
        if (ttl != null && ttl.isNegative() || quotaBytes < 0) {
            throw new IllegalArgumentException("Neither ttl nor quota of a source can be negative");
        }
    }
}
