package routes.component.framestore.api;

import java.time.Instant;

/**
 * A record that could not be read, as it was found.
 *
 * @param family the column family it was in
 * @param key its key there, in hexadecimal
 * @param value its bytes
 */
public record QuarantinedRecord(String family, String key, String reason, Instant time, byte[] value) {}
