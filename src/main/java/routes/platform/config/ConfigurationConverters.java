package routes.platform.config;

import org.springframework.context.annotation.Import;

/**
 * Our forms of durations and lists, for contexts that are not the whole application. It is meant for {@code @Import};
 * it has no annotation, so that a component scan, which finds its parts by itself, skips it.
 */
@Import({ClockDurationConverter.class, JsonLists.class})
public class ConfigurationConverters {}
