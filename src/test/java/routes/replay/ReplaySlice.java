package routes.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import routes.component.framestore.FrameStoreComponent;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.SourceSummary;
import routes.component.framestore.api.StoredEntry;
import routes.component.zeromq.ZeroMqConsumer;
import routes.replay.ingress.IngressConfiguration;
import routes.replay.ingress.ReceivedMessage;
import routes.replay.settings.ReplayConfiguration;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

/** Recording and forwarding with a store, and nothing else of Caravan; up in a second, so each test has its own. */
public final class ReplaySlice implements AutoCloseable {

    private final ConfigurableApplicationContext application;

    /** @param settings as {@code in-stream.url=…}, without the prefix replay */
    ReplaySlice(Path folder, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--caravan.data-dir=" + folder,
                "--caravan.local.redis.needed-by=",
                "--caravan.local.s3.needed-by=",
                "--caravan.local.jms.needed-by=",
                "--camel.main.routes-include-pattern=classpath:camel/replay.camel.yaml",
                "--camel.routecontroller.enabled=false",
                "--camel.main.shutdown-timeout=5",
                "--spring.main.banner-mode=off"));
        if (Stream.of(settings).noneMatch(setting -> setting.startsWith("in-stream.url="))) {
            arguments.add("--replay.in-stream.url=router+bind:tcp://127.0.0.1:0");
        }
        for (String setting : settings) {
            arguments.add("--replay." + setting);
        }
        application = new SpringApplicationBuilder(Beans.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new));
    }

    CamelContext camel() {
        return application.getBean(CamelContext.class);
    }

    FrameStore store() {
        return camel().getComponent("frame-store", FrameStoreComponent.class).store("replay");
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    /** Where the ingress listens. */
    String address() {
        ZeroMqConsumer consumer =
                (ZeroMqConsumer) camel().getRoute("replay-record-stream").getConsumer();
        eventually().until(() -> !consumer.getEndpoints().isEmpty());
        return consumer.getEndpoints();
    }

    /** What is stored of a source, once it is as many. */
    List<StoredEntry> stored(String source, int count) {
        eventually().until(() -> next(source) >= count);
        return LongStream.range(0, next(source))
                .mapToObj(index -> store().entry(source, index).orElseThrow())
                .toList();
    }

    private long next(String source) {
        return store().source(source).map(SourceSummary::nextIndex).orElse(0L);
    }

    double counted(String meter, String... tags) {
        Counter counter = bean(MeterRegistry.class).find(meter).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    double counted(ReceivedMessage.Outcome outcome) {
        return counted("replay.messages", "outcome", outcome.name().toLowerCase(Locale.ROOT));
    }

    public static ConditionFactory eventually() {
        return Awaitility.await().atMost(ofSeconds(20)).pollInterval(ofMillis(20));
    }

    /**
     * Closes without waiting for exchanges under way, for instance for the reply of a receiver that the test never gave:
     * for the end of a test, when nothing is looked at any more.
     */
    void closeNow() {
        ShutdownStrategy shutdown = camel().getShutdownStrategy();
        shutdown.setTimeUnit(TimeUnit.MILLISECONDS);
        shutdown.setTimeout(1);
        close();
    }

    @Override
    public void close() {
        application.close();
    }

    /** Without @Configuration, so that no component scan of another test finds it. */
    @ImportAutoConfiguration(CamelAutoConfiguration.class)
    @EnableConfigurationProperties(ReplayProperties.class)
    @Import({ReplayConfiguration.class, IngressConfiguration.class})
    static class Beans {

        @Bean
        ObjectMapper json() {
            return new ObjectMapper();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        AdjustableClock clock() {
            return new AdjustableClock();
        }
    }
}
