package routes.replay;

import java.util.function.Consumer;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Sends each message of a job through a route; the end of the exchange says what became of it. */
final class JobConsumer extends DefaultConsumer implements JobOutlet, Suspendable {

    private final LiveJob job;
    private final SinkWriters writers;
    private SinkWriters.@Nullable Writer writer;

    JobConsumer(JobEndpoint endpoint, Processor processor, LiveJob job, SinkWriters writers) {
        super(endpoint, processor);
        this.job = job;
        this.writers = writers;
    }

    @Override
    public void send(JobMessage message, Consumer<String> done) {
        Exchange exchange = createExchange(false);
        boolean acknowledged = isAcknowledged(message);
        exchange.setPattern(acknowledged ? ExchangePattern.InOut : ExchangePattern.InOnly);
        exchange.getMessage().setBody(writer.frames(message));
        getAsyncProcessor().process(exchange, doneSync -> {
            String problem = problem(exchange, acknowledged);
            releaseExchange(exchange, false);
            done.accept(problem);
        });
    }

    /** Savant's readers acknowledge everything on req, and ends of streams on dealer. */
    private boolean isAcknowledged(JobMessage message) {
        return switch (job.definition().request().sink().url().type()) {
            case REQ -> true;
            case DEALER -> message.message().kind() == MessageKind.END_OF_STREAM;
            case PUB -> false;
        };
    }

    /** On req any answer will do, as with the original. */
    private static String problem(Exchange exchange, boolean acknowledged) {
        Throwable failure = exchange.getException();
        if (failure != null) {
            return String.valueOf(failure.getMessage());
        }
        return acknowledged && exchange.getMessage().getBody() == null ? "the sink did not acknowledge" : DELIVERED;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        writer = writers.open(job.definition());
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
            writers.close(job.definition());
            writer = null;
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
