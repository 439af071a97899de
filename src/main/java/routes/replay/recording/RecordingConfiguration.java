package routes.replay.recording;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthContributorRegistry;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import routes.component.framestore.FrameStoreComponent;
import routes.component.framestore.api.FrameStore;
import routes.platform.json.JsonBody;
import routes.platform.process.CloseOnExit;
import routes.platform.security.ReadOnlyOperation;
import routes.replay.ReplayProperties;

/** Wires the catalogue, keyframes, retention and holds. */
@Configuration
class RecordingConfiguration {

    /**
     * The store of the endpoints {@code frame-store:replay}. It is opened when it is first used, so that a process that does
     * not replay has none open. Camel closes it.
     */
    @Bean
    Supplier<FrameStore> replayStore(CamelContext camel) {
        return () ->
                camel.getComponent("frame-store", FrameStoreComponent.class).store("replay");
    }

    /** With durability memory only closing writes what is not flushed yet. */
    @Bean
    CloseOnExit replayStoreClosed(CamelContext camel) {
        return () -> Optional.ofNullable(camel.hasComponent("frame-store")).ifPresent(Component::stop);
    }

    @Bean
    JsonBody jsonBody(ObjectMapper json) {
        return new JsonBody(json);
    }

    @Bean
    KeyframeFinder keyframeFinder(Supplier<FrameStore> store, JsonBody bodies, Clock clock) {
        return new KeyframeFinder(store, bodies, clock);
    }

    @Bean
    ReadOnlyOperation findingReads() {
        return new ReadOnlyOperation(HttpMethod.POST, "/replay/api/v1/keyframes/find");
    }

    @Bean
    KeyframeService keyframeService(Supplier<FrameStore> store) {
        return new KeyframeService(store);
    }

    @Bean
    RecordingCatalogue recordingCatalogue(Supplier<FrameStore> store) {
        return new RecordingCatalogue(store);
    }

    @Bean
    KeyframePages keyframePages(Supplier<FrameStore> store, RecordingCatalogue catalogue) {
        return new KeyframePages(store, catalogue);
    }

    @Bean
    AuditLog auditLog() {
        return new AuditLog(RecordingConfiguration::user);
    }

    @Bean
    RetentionService retentionService(
            Supplier<FrameStore> store, RecordingCatalogue catalogue, JsonBody bodies, AuditLog audit) {
        return new RetentionService(store, catalogue, bodies, audit);
    }

    @Bean
    HoldService holdService(
            Supplier<FrameStore> store, RecordingCatalogue catalogue, JsonBody bodies, AuditLog audit, Clock clock) {
        return new HoldService(store, catalogue, bodies, audit, clock);
    }

    @Bean
    RecordingStatus recordingStatus(
            ReplayProperties replay, HealthContributorRegistry health, Supplier<FrameStore> store) {
        return new RecordingStatus(() -> replay.ingest().enabled(), () -> ingest(health), store);
    }

    /** The health at {@code /actuator/health/stages/replay/ingest}. */
    private static Optional<Health> ingest(HealthContributorRegistry health) {
        HealthContributor found = health.getContributor("stages");
        for (String name : new String[] {"replay", "ingest"}) {
            found = found instanceof CompositeHealthContributor group ? group.getContributor(name) : null;
        }
        return found instanceof HealthIndicator indicator ? Optional.of(indicator.health()) : Optional.empty();
    }

    /** HTTP is served on the thread of the request, which knows who logged in. */
    private static String user() {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        boolean known = login != null && !(login instanceof AnonymousAuthenticationToken);
        return known ? login.getName() : "anonymous";
    }
}
