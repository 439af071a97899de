package routes.replay.job;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.savant.VideoObject;

/**
 * Selects frames by their objects: those that have one of the labels.
 *
 * @param namespace of the label; absent: any
 * @param minConfidence of the object, inclusive; absent: any. An object that has no confidence is below all.
 */
record ObjectFilter(Set<String> labels, Optional<String> namespace, Optional<Double> minConfidence) {

    static ObjectFilter read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Set<String> labels = fields.required("labels", ObjectFilter::labels);
        Optional<String> namespace = fields.optional("namespace", JsonValues::nonEmptyText);
        Optional<Double> minConfidence = fields.optional("min_confidence", JsonValues::number);
        // A misspelt key would let through unwanted frames
        fields.refuseOthersThan(List.of("labels", "namespace", "min_confidence"));
        fields.throwIfAnyProblem();
        return new ObjectFilter(labels, namespace, minConfidence);
    }

    private static Set<String> labels(JsonNode node) {
        Set<String> labels = Set.copyOf(JsonValues.list(node, JsonValues::nonEmptyText));
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("must name at least one label");
        }
        return labels;
    }

    boolean matchesAny(List<VideoObject> objects) {
        return objects.stream().anyMatch(this::matches);
    }

    private boolean matches(VideoObject object) {
        return labels.contains(object.getLabel())
                && namespace
                        .filter(wanted -> !wanted.equals(object.getNamespace()))
                        .isEmpty()
                && minConfidence
                        .filter(least -> !object.hasConfidence() || object.getConfidence() < least.floatValue())
                        .isEmpty();
    }
}
