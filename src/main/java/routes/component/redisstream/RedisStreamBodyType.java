package routes.component.redisstream;

/** How an entry becomes a message body. */
public enum RedisStreamBodyType {
    /** The text of the data field when that is the only field, else the map of all fields. */
    auto,
    /** A map of all fields, name to text. */
    map,
    /** The text of the data field; other fields become headers. */
    data,
    /** The bytes of the data field; other fields become headers. */
    bytes
}
