package routes.imaging;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import routes.imaging.demo.SampleMicroscope;
import routes.imaging.event.SystemShares;

import static org.assertj.core.api.Assertions.assertThat;

class SampleMicroscopeWorkflowTest extends ImagingWorkflow {

    @Autowired
    private SystemShares shares;

    @Test
    @DisplayName("O02 a sample time step ends in an export")
    void sampleIsExported() {
        SampleMicroscope microscope = new SampleMicroscope(
                List.copyOf(shares.all()), 3, json, Clock.systemUTC(), RandomGenerator.getDefault());
        String name = microscope.takeTimeStep().getFileName().toString();
        String directory = name.substring(name.indexOf('-') + 1, name.indexOf('.'));
        UUID refId = await().until(
                        () -> sql.sql("select e.ref_id from imaging_events e join src_dir_info s"
                                        + " on s.imaging_event_id = e.id where s.local_path = ?")
                                .param(directory)
                                .query(UUID.class)
                                .list(),
                        found -> found.size() == 1)
                .get(0);
        assertThat(awaitExported(refId).at("/export/size").asLong()).isPositive();
    }
}
