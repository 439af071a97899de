package routes.platform.health;

import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import routes.platform.NotReadyException;

/** Reduces the health group {@code readiness} to yes or no. */
@Component
class Readiness {

    private final HealthEndpoint health;

    /** Looked up lazily, since the health endpoint needs the Camel context, whose routes need this class. */
    Readiness(@Lazy HealthEndpoint health) {
        this.health = health;
    }

    /** @throws NotReadyException naming what is down */
    void require() {
        HealthComponent readiness = health.healthForPath("readiness");
        if (isDown(readiness)) {
            throw new NotReadyException("Not ready: " + downIn(readiness));
        }
    }

    private static String downIn(HealthComponent health) {
        Map<String, HealthComponent> parts =
                health instanceof CompositeHealth composite ? composite.getComponents() : Map.of();
        return parts.entrySet().stream()
                .filter(part -> isDown(part.getValue()))
                .map(part -> part.getValue() instanceof CompositeHealth
                        ? part.getKey() + " (" + downIn(part.getValue()) + ")"
                        : part.getKey())
                .collect(Collectors.joining(", "));
    }

    private static boolean isDown(HealthComponent health) {
        return Status.DOWN.equals(health.getStatus()) || Status.OUT_OF_SERVICE.equals(health.getStatus());
    }
}
