package routes.replay;

import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;
import routes.platform.process.ProcessStop;
import routes.replay.recording.RecordingStatus;

/** HTTP → the process: whether it records, and its end. */
@Component
class ProcessRoutes extends ReplayOperationRoutes {

    private final RecordingStatus status;
    private final ProcessStop stop;

    ProcessRoutes(RecordingStatus status, ProcessStop stop) {
        this.status = status;
        this.stop = stop;
    }

    @Override
    public void configure() {
        operation("replay-show-status", "Shows whether recording goes on")
                .setProperty("trouble", method(status, "trouble"))
                .transform(method(status, "answer(${exchangeProperty.trouble})"))
                .to(ANSWER)
                .setHeader(Exchange.HTTP_RESPONSE_CODE, method(status, "httpStatus(${exchangeProperty.trouble})"))
                .setHeader(Exchange.CONTENT_TYPE, method(status, "contentType(${exchangeProperty.trouble})"));

        operation("replay-shut-down", "Ends the process in an orderly way")
                .bean(stop, "request")
                .to("direct:replay-answer-ok");
    }
}
