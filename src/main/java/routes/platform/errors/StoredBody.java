package routes.platform.errors;

import org.jspecify.annotations.Nullable;

/**
 * A message body at rest.
 *
 * @param type what {@code bytes} are
 * @param detail json: the class to read it as; file: its path; opaque: the class it was
 * @param size bytes of the body, also when they are not kept
 * @param bytes null when there is nothing to keep or it was too large
 * @param obstacle why the message cannot be sent again exactly as it was; null when it can
 */
record StoredBody(Type type, @Nullable String detail, long size, byte @Nullable [] bytes, @Nullable String obstacle) {

    enum Type {
        NONE,
        TEXT,
        BYTES,
        STREAM,
        FILE,
        JSON,
        OPAQUE
    }
}
