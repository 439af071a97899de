package routes.imaging.event.inbox;

import java.time.Instant;

/**
 * An event file that is not taken yet, and why.
 *
 * @param system whose events folder it lies in
 * @param file its name, printable
 * @param reason what is missing or wrong, in words for an operator
 * @param since when the file was last seen to change
 * @param until when the wait ends: the event is then published as it is, or refused
 */
public record WaitingEvent(String system, String file, String reason, Instant since, Instant until) {}
