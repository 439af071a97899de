package routes.platform.attention;

import routes.platform.rest.OperationRoutes;

/** The attention list over HTTP, {@code openapi/attention.yaml}. */
class AttentionRoutes extends OperationRoutes {

    private final AttentionList list;

    AttentionRoutes(AttentionList list) {
        this.list = list;
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
        operation(id, description).transform(method(list, call)).to(ANSWER);
    }
}
