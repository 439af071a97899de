package routes.imaging;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** In a JVM of its own: logging is one for a JVM, and other tests' applications set it up anew. */
class EventLogIT extends ImagingWorkflow {

    @Test
    @DisplayName("O05 the lines about an event carry its ref_id, from its import to the recorded upload")
    void logLines() {
        try (LogLines log = new LogLines()) {
            SampleEvent event = drop(SampleEvent.of("aretha"));
            String refId = event.refId().toString();
            awaitExported(event.refId());
            await().untilAsserted(() -> {
                for (String text : new String[] {"Event of aretha recorded", "Upload announced", "Upload recorded"}) {
                    assertThat(log.containing(text))
                            .anySatisfy(line -> assertThat(line.fields()).containsEntry("ref_id", refId));
                }
            });
        }
    }
}
