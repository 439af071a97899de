package routes.replay;

import java.util.List;
import java.util.function.Consumer;

import com.google.protobuf.ByteString;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Sends each message of a job through a route; the end of the exchange says what became of it. */
final class JobConsumer extends DefaultConsumer implements JobOutlet, Suspendable {

    private final LiveJob job;
    private final JobComponent component;
    private final ByteString topic;
    private @Nullable SavantWriter writer;

    JobConsumer(JobEndpoint endpoint, Processor processor, JobComponent component, LiveJob job) {
        super(endpoint, processor);
        this.job = job;
        this.component = component;
        this.topic = ByteString.copyFromUtf8(job.definition().resultingId());
    }

    @Override
    public void send(JobMessage message, Consumer<String> done) {
        OutgoingMessage outgoing = message.message();
        boolean awaitsReply = writer.awaitsReply(outgoing);
        Exchange exchange = createExchange(false);
        exchange.setPattern(awaitsReply ? ExchangePattern.InOut : ExchangePattern.InOnly);
        exchange.getMessage().setBody(writer.frames(outgoing, topic, message.data()));
        getAsyncProcessor().process(exchange, doneSync -> {
            String problem = problem(exchange, outgoing, awaitsReply);
            releaseExchange(exchange, false);
            done.accept(problem);
        });
    }

    private String problem(Exchange exchange, OutgoingMessage sent, boolean awaitsReply) {
        Throwable failure = exchange.getException();
        if (failure != null) {
            return String.valueOf(failure.getMessage());
        }
        boolean acknowledged = !awaitsReply
                || writer.isAcknowledged(sent, frames(exchange.getMessage().getBody()));
        return acknowledged ? DELIVERED : "the sink answered something else than OK";
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
        job.runner().start(this);
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
        job.runner().halt();
        if (writer != null) {
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
