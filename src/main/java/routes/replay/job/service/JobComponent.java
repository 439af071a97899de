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
import routes.replay.protocol.SavantWriter;
import routes.replay.socket.SocketEndpoints;

/**
 * {@code replay-job:<id>}: lets a route begin with the messages of a job, and makes such a route for each. So operators
 * see every job in Hawtio: who suspends its route pauses it, who stops its route cancels it.
 */
public final class JobComponent extends DefaultComponent {

    static final String SCHEME = "replay-job";

    /** Id of the route template of which each job gets a route. */
    public static final String ROUTE_TEMPLATE = "replay-job";

    private static final Logger LOG = LoggerFactory.getLogger(JobComponent.class);
    /** A message may be on its way to a sink that is gone, for longer than others want to wait. */
    private static final long STOP_MILLIS = 200;

    private final SinkWriters writers;
    private final SinkCurves curves;
    private final SinkAddresses addresses;
    private final Map<UUID, ReplayJob> jobs = new ConcurrentHashMap<>();

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

    ReplayJob job(UUID id) {
        ReplayJob job = jobs.get(id);
        if (job == null) {
            throw new NoSuchElementException("There is no job " + id + " to be run");
        }
        return job;
    }

    SavantWriter openWriter(JobDefinition job) {
        return writers.open(job, () -> openSocket(job));
    }

    void closeWriter(JobDefinition job) {
        writers.close(job);
    }

    /** Equal endpoints share a socket: who holds a producer keeps it open. */
    private Runnable openSocket(JobDefinition job) {
        try {
            Producer holder = getCamelContext().getEndpoint(sink(job)).createProducer();
            holder.start();
            return holder::stop;
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    /** Looks at the address again: the job may be older than what the configuration says now. */
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

    void launch(ReplayJob job) throws Exception {
        JobDefinition definition = job.definition();
        jobs.put(job.id(), job);
        try {
            TemplatedRouteBuilder.builder(getCamelContext(), ROUTE_TEMPLATE)
                    .routeId(routeId(job.id()))
                    .parameter("job", job.id())
                    .parameter("sink", sink(definition))
                    // Placeholders are not filled in there; one thread at a time launches
                    .handler(template -> template.getRoute().setDescription(about(definition)))
                    .add();
            // The supervising route controller starts only the routes that are there when Camel starts
            getCamelContext().getRouteController().startRoute(routeId(job.id()));
        } catch (Exception e) {
            remove(job.id());
            throw e;
        }
    }

    void remove(UUID id) {
        try {
            getCamelContext().getRouteController().stopRoute(routeId(id), STOP_MILLIS, TimeUnit.MILLISECONDS);
            // With the endpoints that no other route has
            getCamelContext().removeRoute(routeId(id));
        } catch (Exception e) {
            LOG.warn("The route of job {} is left behind: {}", id, e.getMessage());
        }
        jobs.remove(id);
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
                LOG.warn("The route of job {} is not shown as {}: {}", id, what, e.getMessage());
            }
        }
    }

    private static String about(JobDefinition job) {
        return "Replays " + job.source() + " to " + job.sink() + " as " + job.resultingId();
    }

    public static String routeId(UUID job) {
        return ROUTE_TEMPLATE + "-" + job;
    }
}
