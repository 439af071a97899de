/**
 * The command line of the jar: {@code java -jar caravan.jar [command] [options] [--key=value …]}.
 *
 * <p>Without a command all of Caravan runs, and nothing here costs time. A <em>role</em> runs the server with some of
 * its stages. The other commands do one thing and end: those that need the configuration, a database or Redis open a
 * small context without routes ({@link routes.platform.cli.Settings}); those that operate a running Caravan talk to
 * its REST API ({@link routes.platform.cli.RunningCaravan}), since no second process can open its H2 file.
 *
 * <p>A workflow adds its own through {@link routes.platform.cli.WorkflowCommands}, listed in
 * {@code META-INF/spring.factories}.
 */
@NullMarked
package routes.platform.cli;

import org.jspecify.annotations.NullMarked;
