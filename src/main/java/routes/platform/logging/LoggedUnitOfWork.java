package routes.platform.logging;

import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.DefaultUnitOfWork;
import org.apache.camel.spi.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import routes.platform.errors.RetryingEndpoint;

/**
 * Restores the thread's own log fields when an exchange is done: a bean may send an exchange in the middle of
 * another.
 */
class LoggedUnitOfWork extends DefaultUnitOfWork {

    private final Thread creator = Thread.currentThread();
    private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();

    LoggedUnitOfWork(Exchange exchange) {
        super(
                exchange,
                exchange.getContext().getInflightRepository(),
                keepsOriginal(exchange),
                exchange.getContext().isUseBreadcrumb());
    }

    private static boolean keepsOriginal(Exchange exchange) {
        return exchange.getContext().isAllowUseOriginalMessage()
                && !(exchange.getFromEndpoint() instanceof RetryingEndpoint);
    }

    @Override
    public UnitOfWork createChildUnitOfWork(Exchange child) {
        UnitOfWork work = new LoggedUnitOfWork(child);
        work.setParentUnitOfWork(this);
        return work;
    }

    @Override
    public void done(Exchange exchange) {
        // What the source logs about the outcome belongs to the same message
        LogFields.put(exchange);
        super.done(exchange);
        if (before != null && creator == Thread.currentThread()) {
            MDC.setContextMap(before);
        } else {
            LogFields.remove();
        }
    }
}
