package routes.replay.job.service;

import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Keeps Camel's info messages about the routes of jobs out of the log: four lines for each job, none of which says more than
 * the job's own two. About other routes the same lines are useful, so their loggers stay as they are.
 */
final class JobRouteLogFilter extends TurboFilter implements InitializingBean, DisposableBean {

    private static final String CAMEL = "org.apache.camel.impl.engine.";

    private final String routes;

    /** @param routes what the ids of the routes begin with */
    JobRouteLogFilter(String routes) {
        this.routes = routes;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        boolean quiet = level == Level.INFO
                && format != null
                && logger.getName().startsWith(CAMEL)
                && isAboutJob(format, arguments)
                // At debug level everything is logged
                && logger.getEffectiveLevel().isGreaterOrEqual(Level.INFO);
        return quiet ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private boolean isAboutJob(String format, Object @Nullable [] arguments) {
        return format.contains(routes)
                || arguments != null
                        && Stream.of(arguments)
                                .anyMatch(argument -> argument instanceof String text && text.startsWith(routes));
    }

    @Override
    public void afterPropertiesSet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.addTurboFilter(this);
        }
    }

    @Override
    public void destroy() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getTurboFilterList().remove(this);
        }
    }
}
