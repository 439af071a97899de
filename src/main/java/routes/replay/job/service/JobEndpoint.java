package routes.replay.job.service;

import java.util.UUID;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import routes.platform.errors.RetryingEndpoint;

/** One job, as the beginning of a route. */
final class JobEndpoint extends DefaultEndpoint implements RetryingEndpoint {

    private final UUID job;

    JobEndpoint(String uri, JobComponent component, UUID job) {
        super(uri, component);
        this.job = job;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        JobComponent.Launched launched = ((JobComponent) getComponent()).launched(job);
        return new JobConsumer(this, processor, launched.job(), launched.nodes());
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("A job sends; nothing can be sent to it");
    }
}
