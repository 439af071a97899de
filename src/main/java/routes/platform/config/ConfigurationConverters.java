package routes.platform.config;

import org.springframework.context.annotation.Import;

/**
 * For contexts that are not the whole application: our forms of durations and lists. Meant for {@code @Import}, and not
 * annotated so that a component scan, which finds its parts itself, passes it by.
 */
@Import({ClockDurationConverter.class, JsonLists.class})
public class ConfigurationConverters {}
