package routes.replay.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/** The fields that two messages have in common: those of the same name, number and type. */
final class SharedFields {

    private final Map<FieldDescriptor, FieldDescriptor> counterparts = new HashMap<>();

    SharedFields(Descriptor from, Descriptor to) {
        for (FieldDescriptor field : from.getFields()) {
            Optional.ofNullable(to.findFieldByNumber(field.getNumber()))
                    .filter(other -> isSame(field, other))
                    .ifPresent(other -> counterparts.put(field, other));
        }
    }

    private static boolean isSame(FieldDescriptor field, FieldDescriptor other) {
        return field.getName().equals(other.getName())
                && field.getType() == other.getType()
                && field.isRepeated() == other.isRepeated()
                && switch (field.getJavaType()) {
                    case MESSAGE -> field.getMessageType().equals(other.getMessageType());
                    case ENUM -> field.getEnumType().equals(other.getEnumType());
                    default -> true;
                };
    }

    /** Copies those that are set. */
    void copy(Message from, Message.Builder to) {
        from.getAllFields().forEach((field, value) -> Optional.ofNullable(counterparts.get(field))
                .ifPresent(counterpart -> to.setField(counterpart, value)));
    }
}
