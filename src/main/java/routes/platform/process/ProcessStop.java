package routes.platform.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Ends this process in an orderly way, but soon: routes get a second to finish what they do, then what they use is
 * closed. Whatever still takes its time after that is cut off, which it has to survive anyway, for a crash does the
 * same; except that Camel may always close its components, among them stores that have not written everything yet.
 */
@Component
public class ProcessStop {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessStop.class);
    private static final Duration ANSWER_SENT = Duration.ofMillis(100);
    private static final Duration ALL = Duration.ofMillis(1700);
    private static final Duration CLOSING_STORES = Duration.ofSeconds(30);
    private static final int SUCCESS = 0;

    private final CamelContext camel;
    private final ApplicationContext application;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch routesStopped = new CountDownLatch(1);

    ProcessStop(CamelContext camel, ApplicationContext application) {
        this.camel = camel;
        this.application = application;
    }

    /** Returns at once, so that who asked can be answered. */
    public void request() {
        if (requested.compareAndSet(false, true)) {
            LOG.info("The process ends, as was asked for over HTTP");
            start("process-stop", this::stop);
            start("process-stop-limit", this::cutOff);
        }
    }

    private void stop() throws InterruptedException {
        Thread.sleep(ANSWER_SENT.toMillis());
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        camel.getShutdownStrategy().setTimeout(1);
        camel.stop();
        routesStopped.countDown();
        System.exit(SpringApplication.exit(application, () -> SUCCESS));
    }

    private void cutOff() throws InterruptedException {
        Thread.sleep(ALL.toMillis());
        if (!routesStopped.await(CLOSING_STORES.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Something could not be closed within {}; the process ends all the same", CLOSING_STORES);
        }
        Runtime.getRuntime().halt(SUCCESS);
    }

    private static void start(String name, Work work) {
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
