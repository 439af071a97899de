package routes.component.framestore.api;

import java.time.Instant;

/**
 * A time without entries.
 *
 * @param lastBefore index of the last entry before it
 * @param from arrival of that entry
 * @param firstAfter index of the first entry after it
 * @param to arrival of that entry
 */
public record Gap(long lastBefore, Instant from, long firstAfter, Instant to) {}
