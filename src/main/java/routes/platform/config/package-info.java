/**
 * How configuration reaches Caravan: layers, the originals' environment variables, checks before the start.
 *
 * <p>In the order they run: {@code DotenvReader} adds {@code .env}, Spring Boot reads the configuration files
 * (imported by {@code application.yaml}), {@code OriginalVariables} translates the originals' variables,
 * {@code UnknownKeys} refuses misspelt keys.
 */
@NullMarked
package routes.platform.config;

import org.jspecify.annotations.NullMarked;
