package routes.imaging.event;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One finished time step as a microscope announces it in {@code <system>/events/*.json}, validated.
 *
 * @param refId the event's {@code timestep_id}
 * @param plate plate number, 0 to 999
 * @param crossDate day the plate was crossed
 * @param position position of the plate in the imaging system
 * @param timestamp when the time step was imaged
 * @param timestampText the same as the microscope wrote it, or ISO 8601 in UTC where it wrote a unix time
 * @param imageCount images the microscope says it took, at least 0
 * @param imageDir where they are, relative to the system's folder, POSIX separators, see {@link SystemShare#normalize};
 *     not yet checked against the disk
 * @param experimentId as given, or {@code <crossDate yyyyMMdd>_<plate, three digits>}
 * @param raw the whole event as read, kept for {@code raw_metadata}
 */
public record ImagingEvent(
        UUID refId,
        int plate,
        LocalDate crossDate,
        int position,
        OffsetDateTime timestamp,
        String timestampText,
        int imageCount,
        String imageDir,
        String experimentId,
        EventType type,
        JsonNode raw) {

    public ImagingEvent {
        imageDir = SystemShare.normalize(imageDir);
    }
}
