package routes.imaging.event.inbox;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;

/** Tells an inbox when a poll of its folder begins. */
public final class PollListener extends DefaultPollingConsumerPollStrategy {

    private final EventInbox inbox;

    public PollListener(EventInbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        inbox.beginPoll();
        return true;
    }
}
