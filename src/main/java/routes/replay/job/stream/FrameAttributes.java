package routes.replay.job.stream;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import routes.replay.job.AttributeCollision;
import routes.replay.savant.Attribute;

/**
 * The attributes that a job adds to every frame. Neither these nor the frame's own reach the wire unless they are
 * persistent; but they take part in collisions, as they do in the original.
 */
public final class FrameAttributes {

    private final List<Attribute> added;
    private final AttributeCollision collision;

    public FrameAttributes(List<Attribute> added, AttributeCollision collision) {
        this.added = List.copyOf(added);
        this.collision = collision;
    }

    /**
     * @param stored those of the frame
     * @return those to send
     * @throws AttributeCollisionException when policy is error and the frame, or the list itself, has one twice
     */
    List<Attribute> addTo(List<Attribute> stored) throws AttributeCollisionException {
        if (added.isEmpty()) {
            return persistent(stored);
        }
        Map<Name, Attribute> merged = new LinkedHashMap<>();
        stored.forEach(attribute -> merged.put(Name.of(attribute), attribute));
        for (Attribute attribute : added) {
            add(attribute, merged);
        }
        return persistent(merged.values());
    }

    private void add(Attribute attribute, Map<Name, Attribute> merged) throws AttributeCollisionException {
        Name name = Name.of(attribute);
        if (!merged.containsKey(name) || collision == AttributeCollision.REPLACE) {
            merged.put(name, attribute);
        } else if (collision == AttributeCollision.ERROR) {
            throw new AttributeCollisionException(name.namespace, name.name);
        }
    }

    private static List<Attribute> persistent(Collection<Attribute> attributes) {
        return attributes.stream().filter(Attribute::getIsPersistent).toList();
    }

    private record Name(String namespace, String name) {

        static Name of(Attribute attribute) {
            return new Name(attribute.getNamespace(), attribute.getName());
        }
    }
}
