package routes.imaging;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.imaging.record.ReportCard;

/** Makes the report of yesterday's numbers; {@code camel/imaging.camel.yaml} says when and where it is posted. */
@Component
class ReportRoutes extends RouteBuilder {

    private final ReportCard card;

    ReportRoutes(ReportCard card) {
        this.card = card;
    }

    @Override
    public void configure() {
        from("direct:imaging-report-yesterday")
                .routeId("imaging-report-yesterday")
                .routeDescription("Makes an Adaptive Card of yesterday's events, uploads and archived events")
                .routeConfigurationId("caller")
                .transform(method(card, "yesterday"))
                .to("sql:classpath:sql/imaging/count-day.sql?outputType=SelectOne")
                .id("count-day")
                .transform(method(card, "card"))
                .marshal()
                .json();
    }
}
