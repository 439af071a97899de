package routes.platform.logging;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.platform.errors.RetryingEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

class LoggedUnitOfWorkTest {

    private final CamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    @DisplayName("The message as it came is kept for dead letters, but not where the consumer brings it again itself")
    void original() {
        camel.setAllowUseOriginalMessage(true);

        assertThat(original(camel.getEndpoint("direct:any"))).isNotNull();
        assertThat(original(new Retrying(camel))).isNull();
    }

    private static Message original(Endpoint from) {
        Exchange exchange = DefaultExchange.newFromEndpoint(from);
        return new LoggedUnitOfWorkFactory().createUnitOfWork(exchange).getOriginalInMessage();
    }

    private static final class Retrying extends DefaultEndpoint implements RetryingEndpoint {

        Retrying(CamelContext camel) {
            setCamelContext(camel);
        }

        @Override
        protected String createEndpointUri() {
            return "retrying";
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException();
        }
    }
}
