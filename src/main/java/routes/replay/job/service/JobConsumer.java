package routes.replay.job.service;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import routes.component.zeromq.ZeroMqConstants;
import routes.replay.job.JobFailedException;
import routes.replay.job.JobOutcome;
import routes.replay.job.stream.JobMessage;
import routes.replay.job.stream.JobNodes;
import routes.replay.job.stream.SendResult;

/** Sends the messages of a job through a route, a batch an exchange; its end says what became of them. */
final class JobConsumer extends DefaultConsumer implements Suspendable {

    private final ReplayJob job;
    private final JobNodes nodes;

    JobConsumer(JobEndpoint endpoint, Processor processor, ReplayJob job, JobNodes nodes) {
        super(endpoint, processor);
        this.job = job;
        this.nodes = nodes;
    }

    private void send(List<JobMessage> batch, Consumer<SendResult> done) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(nodes.begin(batch) ? ExchangePattern.InOut : ExchangePattern.InOnly);
        exchange.getMessage().setBody(batch);
        getAsyncProcessor().process(exchange, doneSync -> {
            SendResult result = result(exchange, batch);
            releaseExchange(exchange, false);
            done.accept(result);
        });
    }

    private SendResult result(Exchange exchange, List<JobMessage> batch) {
        Exception failure = exchange.getException();
        JobFailedException end = exchange.getException(JobFailedException.class);
        if (end != null) {
            return nodes.refused(SendResult.fatal(String.valueOf(end.getMessage())));
        }
        if (failure != null) {
            return nodes.refused(SendResult.failed(String.valueOf(failure.getMessage())));
        }
        if (exchange.getPattern().isOutCapable()) {
            return nodes.answered(batch, frames(exchange.getMessage().getBody()));
        }
        Integer accepted = exchange.getMessage().getHeader(ZeroMqConstants.ACCEPTED, Integer.class);
        return nodes.accepted(batch, accepted == null ? OptionalInt.empty() : OptionalInt.of(accepted));
    }

    private static List<byte[]> frames(@Nullable Object reply) {
        return reply instanceof List<?> frames
                ? frames.stream()
                        .filter(byte[].class::isInstance)
                        .map(byte[].class::cast)
                        .toList()
                : List.of();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        job.start(this::send);
    }

    @Override
    protected void doSuspend() throws Exception {
        super.doSuspend();
        if (isOperatorsWish()) {
            job.pause();
        }
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        job.resume();
    }

    @Override
    protected void doStop() throws Exception {
        job.halt();
        nodes.discard();
        if (isOperatorsWish()) {
            // Has no effect on a job that has ended, whose route is being removed
            job.end(JobOutcome.cancelled("its route was stopped"));
        }
        super.doStop();
    }

    /** When everything stops, jobs stay as they are and go on after the start. */
    private boolean isOperatorsWish() {
        return getEndpoint().getCamelContext().getStatus().isStarted();
    }
}
