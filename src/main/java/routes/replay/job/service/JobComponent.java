package routes.replay.job.service;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.support.DefaultComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.replay.job.JobDefinition;
import routes.replay.job.stream.JobNodes;
import routes.replay.socket.SocketEndpoints;

/**
 * {@code replay-job:<id>}: a route that begins with this endpoint gets the messages of a job. The component makes such a
 * route for each job, so that operators see it in Hawtio; suspending the route pauses the job, stopping it cancels the job.
 */
public final class JobComponent extends DefaultComponent {

    static final String SCHEME = "replay-job";

    /** Id of the route template that each job's route is made from. */
    public static final String ROUTE_TEMPLATE = "replay-job";

    private static final Logger LOG = LoggerFactory.getLogger(JobComponent.class);
    /** A message may stay on its way to a sink that is gone for longer than other jobs want to wait. */
    private static final long STOP_MILLIS = 200;

    private final SinkWriters writers;
    private final SinkCurves curves;
    private final SinkAddresses addresses;
    private final Map<UUID, Launched> jobs = new ConcurrentHashMap<>();

    /** A job that has a route. */
    record Launched(ReplayJob job, JobNodes nodes) {}

    JobComponent(SinkWriters writers, SinkCurves curves, SinkAddresses addresses) {
        this.writers = writers;
        this.curves = curves;
        this.addresses = addresses;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        curves.secrets().forEach(getCamelContext().getRegistry()::bind);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new JobEndpoint(uri, this, UUID.fromString(remaining));
    }

    Launched launched(UUID id) {
        Launched job = jobs.get(id);
        if (job == null) {
            throw new NoSuchElementException("There is no job " + id + " to be run");
        }
        return job;
    }

    /** Equal endpoints share a socket, which a producer keeps open. */
    private Runnable openSocket(String sink) {
        try {
            Producer holder = getCamelContext().getEndpoint(sink).createProducer();
            holder.start();
            return holder::stop;
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    /** Checks the address again, since the configuration may have changed after the job was made. */
    private String sink(JobDefinition job) {
        addresses.problem(job.request().sink().url()).ifPresent(problem -> {
            throw new IllegalStateException("sink.url " + problem);
        });
        return SocketEndpoints.sink(job.request().sink().url(), job.sinkOptions(), curves.of(job));
    }

    void tidy() {
        writers.tidy();
    }

    @Override
    protected void doStop() throws Exception {
        writers.clear();
        super.doStop();
    }

    /**
     * Makes the route that takes the job's messages to its sink, and starts it.
     *
     * @throws Exception it cannot be made; nothing of it is left
     */
    void launch(ReplayJob job) throws Exception {
        // Has Camel initialize this component: the endpoint of a sink may refer to a secret
        getCamelContext().getComponent(SCHEME);
        JobDefinition definition = job.definition();
        String sink = sink(definition);
        JobNodes nodes = new JobNodes(job.plan(), writers.open(definition, () -> openSocket(sink)));
        jobs.put(job.id(), new Launched(job, nodes));
        try {
            getCamelContext().getRegistry().bind(routeId(job.id()), nodes);
            TemplatedRouteBuilder.builder(getCamelContext(), ROUTE_TEMPLATE)
                    .routeId(routeId(job.id()))
                    .parameter("job", job.id())
                    .parameter("sink", sink)
                    // Placeholders in a description are not filled in; only one thread launches jobs
                    .handler(template -> template.getRoute().setDescription(about(definition)))
                    .add();
            // The supervising route controller starts only the routes that are there when Camel starts
            getCamelContext().getRouteController().startRoute(routeId(job.id()));
        } catch (Exception e) {
            remove(job.id());
            throw e;
        }
    }

    private static String about(JobDefinition job) {
        return "Replays " + job.source() + " to " + job.sink() + " as " + job.resultingId();
    }

    /** Removes the route again, if it is there. */
    void remove(UUID id) {
        try {
            getCamelContext().getRouteController().stopRoute(routeId(id), STOP_MILLIS, TimeUnit.MILLISECONDS);
            // With the endpoints that no other route has
            getCamelContext().removeRoute(routeId(id));
        } catch (Exception e) {
            LOG.warn("The route of job {} could not be removed: {}", id, e.getMessage());
        }
        getCamelContext().getRegistry().unbind(routeId(id));
        Launched gone = jobs.remove(id);
        if (gone != null) {
            writers.close(gone.job().definition());
        }
    }

    void pause(UUID id) {
        control(id, "suspended", route -> getCamelContext()
                .getRouteController()
                .suspendRoute(route, STOP_MILLIS, TimeUnit.MILLISECONDS));
    }

    void resume(UUID id) {
        control(id, "resumed", route -> getCamelContext().getRouteController().resumeRoute(route));
    }

    private interface Control {
        void of(String routeId) throws Exception;
    }

    private void control(UUID id, String what, Control control) {
        String route = routeId(id);
        if (getCamelContext().getRoute(route) != null) {
            try {
                control.of(route);
            } catch (Exception e) {
                LOG.warn("The route of job {} could not be {}: {}", id, what, e.getMessage());
            }
        }
    }

    public static String routeId(UUID job) {
        return ROUTE_TEMPLATE + "-" + job;
    }
}
