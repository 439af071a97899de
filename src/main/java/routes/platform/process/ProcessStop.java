package routes.platform.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Ends this process in an orderly way, but quickly: routes get a second to finish their work, then the resources that
 * they use are closed. Whatever takes longer is cut off, which it must survive anyway, since a crash does the same.
 * Only a {@link CloseOnExit} gets all the time it needs.
 */
@Component
public class ProcessStop {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessStop.class);
    private static final Duration ANSWER_SENT = Duration.ofMillis(100);
    private static final Duration ALL = Duration.ofMillis(1700);
    private static final int SUCCESS = 0;

    private final CamelContext camel;
    private final ApplicationContext application;
    private final List<CloseOnExit> urgent;
    private final AtomicBoolean requested = new AtomicBoolean();

    ProcessStop(CamelContext camel, ApplicationContext application, ObjectProvider<CloseOnExit> urgent) {
        this.camel = camel;
        this.application = application;
        this.urgent = urgent.orderedStream().toList();
    }

    /** Returns at once, so that the request can be answered. */
    public void request() {
        if (requested.compareAndSet(false, true)) {
            LOG.info("The process ends, as a request over HTTP asked for");
            start("process-stop", this::stop);
            start("process-stop-limit", this::cutOff);
        }
    }

    private void stop() throws InterruptedException {
        Thread.sleep(ANSWER_SENT.toMillis());
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        camel.getShutdownStrategy().setTimeout(1);
        camel.stop();
        System.exit(SpringApplication.exit(application, () -> SUCCESS));
    }

    private void cutOff() throws InterruptedException {
        Thread.sleep(ALL.toMillis());
        for (CloseOnExit one : urgent) {
            try {
                one.close();
            } catch (RuntimeException e) {
                LOG.warn("{} could not be closed before the end of the process", one, e);
            }
        }
        Runtime.getRuntime().halt(SUCCESS);
    }

    private static void start(String name, Work work) {
        // Outlives Camel, whose executors end with it
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws InterruptedException;
    }
}
