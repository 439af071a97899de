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
                "Lists what waits, was refused or is dead, newest first",
                list,
                "list(${header.workflow}, ${header.limit}, ${header.offset})");
        operation("platform-show-attention-item", "Shows one item with its details", list, "show(${header.id})");
        operation("platform-requeue-attention-item", "Tries one item once more", list, "requeue(${header.id})");
        operation("platform-discard-attention-item", "Discards one item for good", list, "discard(${header.id})");
    }
}
