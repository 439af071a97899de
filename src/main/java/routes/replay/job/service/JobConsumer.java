package routes.replay.job.service;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.google.protobuf.ByteString;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import routes.component.zeromq.ZeroMqBatch;
import routes.component.zeromq.ZeroMqConstants;
import routes.replay.job.JobOutcome;
import routes.replay.job.stream.JobMessage;
import routes.replay.job.stream.SendResult;
import routes.replay.job.stream.SequenceNumbers;
import routes.replay.protocol.OutgoingMessage;
import routes.replay.protocol.SavantWriter;

/** Sends the messages of a job through a route; the end of the exchange says what became of them. */
final class JobConsumer extends DefaultConsumer implements Suspendable {

    private final ReplayJob job;
    private final JobComponent component;

    private @Nullable SavantWriter writer;
    private @Nullable SequenceNumbers stamps;

    JobConsumer(JobEndpoint endpoint, Processor processor, JobComponent component, ReplayJob job) {
        super(endpoint, processor);
        this.job = job;
        this.component = component;
    }

    private void send(List<JobMessage> messages, Consumer<SendResult> done) {
        OutgoingMessage first = messages.get(0).message();
        boolean awaitsReply = writer.awaitsReply(first);
        List<SequenceNumbers.Stamped> batch = stamps.stamp(messages);
        List<List<byte[]>> frames =
                batch.stream().map(SequenceNumbers.Stamped::frames).toList();
        Exchange exchange = createExchange(false);
        exchange.setPattern(awaitsReply ? ExchangePattern.InOut : ExchangePattern.InOnly);
        exchange.getMessage().setBody(awaitsReply ? frames.get(0) : new ZeroMqBatch(frames));
        getAsyncProcessor().process(exchange, doneSync -> {
            SendResult outcome = awaitsReply ? answer(exchange, first) : acceptance(exchange);
            stamps.handedOver(batch, outcome.accepted());
            releaseExchange(exchange, false);
            done.accept(outcome);
        });
    }

    private static SendResult acceptance(Exchange exchange) {
        return failure(exchange)
                .orElseGet(
                        () -> SendResult.of(exchange.getMessage().getHeader(ZeroMqConstants.ACCEPTED, 1, int.class)));
    }

    private SendResult answer(Exchange exchange, OutgoingMessage sent) {
        return failure(exchange)
                .orElseGet(() ->
                        writer.isAcknowledged(sent, frames(exchange.getMessage().getBody()))
                                ? SendResult.of(1)
                                : SendResult.failed("the sink answered something else than OK"));
    }

    private static Optional<SendResult> failure(Exchange exchange) {
        return Optional.ofNullable(exchange.getException())
                .map(failure -> SendResult.failed(String.valueOf(failure.getMessage())));
    }

    private static List<byte[]> frames(@Nullable Object reply) {
        return reply instanceof List<?> frames
                ? frames.stream().map(byte[].class::cast).toList()
                : List.of();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        writer = component.openWriter(job.definition());
        stamps = new SequenceNumbers(
                writer, ByteString.copyFromUtf8(job.definition().resultingId()));
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
        if (writer != null) {
            stamps.discard();
            component.closeWriter(job.definition());
        }
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
