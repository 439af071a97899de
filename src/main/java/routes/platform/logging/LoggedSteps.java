package routes.platform.logging;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.stereotype.Component;

/**
 * Puts the {@link LogFields} on the thread that runs a step, and takes them off a thread that has handed the exchange to
 * another one. They stay between the steps of one thread, because the error handler writes its lines there;
 * {@link LoggedUnitOfWork} takes them off in the end.
 *
 * <p>Camel's own ways, {@code useMdcLogging} and {@code camel-mdc}, are deprecated from 4.19, and the former does not
 * reach lines about redeliveries made by another thread.
 */
@Component
class LoggedSteps implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                LogFields.put(exchange);
                boolean sync = super.process(exchange, doneSync -> goOn(exchange, callback, doneSync));
                if (!sync) {
                    LogFields.remove();
                }
                return sync;
            }
        };
    }

    private static void goOn(Exchange exchange, AsyncCallback callback, boolean doneSync) {
        // Set again, as the step may have found an id, or run parts of a split with ids of their own
        LogFields.put(exchange);
        callback.done(doneSync);
        if (!doneSync) {
            LogFields.remove();
        }
    }
}
