package routes.component.redisstream;

import org.apache.camel.support.DefaultHeaderFilterStrategy;

/** Keeps names that mean something to Camel on their side of the border, however they are spelled. */
public class RedisStreamHeaderFilterStrategy extends DefaultHeaderFilterStrategy {

    public RedisStreamHeaderFilterStrategy() {
        setLowerCase(true);
        setInFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
        setOutFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
    }
}
