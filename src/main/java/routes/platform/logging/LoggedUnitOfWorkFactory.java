package routes.platform.logging;

import org.apache.camel.Exchange;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.springframework.stereotype.Component;

/** Camel takes the one factory it finds among the beans. */
@Component
class LoggedUnitOfWorkFactory implements UnitOfWorkFactory {

    @Override
    public UnitOfWork createUnitOfWork(Exchange exchange) {
        return new LoggedUnitOfWork(exchange);
    }
}
