package routes.platform.attention;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;

/** The attention list over HTTP, {@code openapi/attention.yaml}. */
class AttentionRoutes extends RouteBuilder {

    private final AttentionList list;
    private final JacksonDataFormat json;

    AttentionRoutes(AttentionList list, ObjectMapper mapper) {
        this.list = list;
        this.json = new JacksonDataFormat(mapper, Object.class);
    }

    @Override
    public void configure() {
        operation(
                "platform-list-attention",
                "list(${header.workflow}, ${header.limit}, ${header.offset})",
                "Lists what waits, was refused or is dead, newest first");
        operation("platform-show-attention-item", "show(${header.id})", "Shows one item with its details");
        operation("platform-requeue-attention-item", "requeue(${header.id})", "Has one item tried once more");
        operation("platform-discard-attention-item", "discard(${header.id})", "Gives one item up for good");
    }

    private void operation(String id, String call, String description) {
        from("direct:" + id)
                .routeId(id)
                .routeGroup("platform")
                .routeDescription(description)
                .routeProperty("stage", "api")
                .routeConfigurationId("rest")
                .bean(list, call)
                .removeHeaders("*")
                .marshal(json)
                .setHeader("Content-Type", constant("application/json"));
    }
}
