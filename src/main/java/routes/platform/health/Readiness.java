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

/** The health group {@code readiness} as a yes or no. */
@Component
class Readiness {

    private final HealthEndpoint health;

    /** Lazy, since the health endpoint asks the Camel context, whose routes ask us. */
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
