package routes.platform.tracing;

import java.util.Map;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Sends a span for each exchange of a route, and for each call of an endpoint in it, to a collector. The keys are
 * those of Spring Boot and Camel's starter; their starters are not used, since they cost time even where no collector
 * is configured.
 */
@Configuration
@ConditionalOnProperty("management.otlp.tracing.endpoint")
class TracingConfiguration {

    private static final Bindable<Map<String, String>> TEXTS = Bindable.mapOf(String.class, String.class);

    /** Spans wait in memory, up to a limit; those that a collector does not accept in time are dropped. */
    @Bean(destroyMethod = "close")
    SdkTracerProvider tracerProvider(
            Environment environment,
            @Value("${management.otlp.tracing.endpoint}") String endpoint,
            @Value("${management.tracing.sampling.probability:0.1}") double probability,
            @Value("${spring.application.name}") String service,
            @Value("${caravan.node-name}") String node) {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint);
        Binder.get(environment)
                .bind("management.otlp.tracing.headers", TEXTS)
                .orElse(Map.of())
                .forEach(exporter::addHeader);
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"), service,
                                AttributeKey.stringKey("service.instance.id"), node))))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(probability)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
                .build();
    }

    @Bean
    Tracer tracer(SdkTracerProvider provider) {
        return provider.get("caravan");
    }

    @Bean
    ContextPropagators contextPropagators() {
        return ContextPropagators.create(W3CTraceContextPropagator.getInstance());
    }

    /** Camel's tracer finds the two beans above by their types. */
    @Bean
    OpenTelemetryTracer openTelemetryTracer(
            CamelContext camel, @Value("${camel.opentelemetry2.exclude-patterns:}") String excluded) {
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.setExcludePatterns(excluded.isBlank() ? null : excluded);
        tracer.init(camel);
        return tracer;
    }
}
