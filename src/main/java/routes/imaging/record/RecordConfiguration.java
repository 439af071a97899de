package routes.imaging.record;

import java.time.Clock;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.imaging.ImagingProperties;
import routes.imaging.store.DownloadUrls;
import routes.platform.json.JsonBody;

/** Wires the classes that write to the database and query it. */
@Configuration
class RecordConfiguration {

    @Bean
    KnownEvents knownEvents() {
        return new KnownEvents();
    }

    @Bean
    RecordedExports recordedExports() {
        return new RecordedExports();
    }

    @Bean
    TapeNotification.Reader tapeNotificationReader(ObjectMapper json, ImagingProperties imaging) {
        return new TapeNotification.Reader(json, imaging.bucket());
    }

    @Bean
    KnownArchives knownArchives() {
        return new KnownArchives();
    }

    @Bean
    ApiQueries apiQueries(ImagingProperties imaging, ObjectMapper json, Clock clock) {
        return new ApiQueries(
                clock, List.of(imaging.streams().events(), imaging.streams().exports()), new JsonBody(json));
    }

    @Bean
    ApiAnswers apiAnswers(DownloadUrls downloadUrls, ImagingProperties imaging, Clock clock) {
        return new ApiAnswers(downloadUrls::of, imaging.api().presignExpiry(), clock);
    }

    @Bean
    OperationAnswers operationAnswers() {
        return new OperationAnswers();
    }

    @Bean
    ReportCard reportCard(ImagingProperties imaging, Clock clock) {
        return new ReportCard(clock, imaging.report().zone());
    }
}
