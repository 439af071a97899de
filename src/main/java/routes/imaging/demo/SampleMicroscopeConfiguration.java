package routes.imaging.demo;

import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.imaging.ImagingProperties;
import routes.imaging.event.SystemShares;

/** Wires the sample microscope, where it is switched on. */
@Configuration
@ConditionalOnProperty("imaging.demo.enabled")
class SampleMicroscopeConfiguration {

    @Bean
    SampleMicroscope sampleMicroscope(SystemShares shares, ObjectMapper json, ImagingProperties imaging, Clock clock) {
        return new SampleMicroscope(
                List.copyOf(shares.all()), imaging.demo().images(), json, clock, RandomGenerator.getDefault());
    }

    @Bean
    DemoRoutes demoRoutes(SampleMicroscope microscope, ImagingProperties imaging) {
        return new DemoRoutes(microscope, imaging.demo().interval());
    }
}
