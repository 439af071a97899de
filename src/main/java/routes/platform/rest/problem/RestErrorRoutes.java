package routes.platform.rest.problem;

import org.apache.camel.builder.RouteConfigurationBuilder;
import org.springframework.stereotype.Component;

/**
 * The error policy {@code rest}: a route that answers HTTP requests tells its client what went wrong. Nothing is
 * retried, since the client waits and can ask again.
 */
@Component
class RestErrorRoutes extends RouteConfigurationBuilder {

    private final ProblemReply problemReply;

    RestErrorRoutes(ProblemReply problemReply) {
        this.problemReply = problemReply;
    }

    @Override
    public void configuration() {
        routeConfiguration("rest").onException(Throwable.class).handled(true).process(problemReply);
    }
}
