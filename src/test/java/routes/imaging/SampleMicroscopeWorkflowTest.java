package routes.imaging;

import java.util.UUID;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import routes.imaging.demo.SampleMicroscope;

import static org.assertj.core.api.Assertions.assertThat;

class SampleMicroscopeWorkflowTest extends ImagingWorkflow {

    @Autowired
    private SampleMicroscope microscope;

    @Test
    @DisplayName("O02 a sample time step ends in an export")
    void sampleIsExported() {
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
