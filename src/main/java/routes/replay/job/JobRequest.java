package routes.replay.job;

import java.util.List;

import routes.replay.savant.Attribute;

/**
 * What a client asks for with a new job.
 *
 * @param parts what is sent, one after the other; at least one
 * @param attributes added to every frame
 */
public record JobRequest(
        JobSink sink,
        JobConfiguration configuration,
        List<JobPart> parts,
        List<Attribute> attributes,
        JobExtras extras) {

    public JobPart firstPart() {
        return parts.get(0);
    }

    /** @param number from 0, counted on where all are sent again */
    public JobPart part(int number) {
        return parts.get(Math.floorMod(number, parts.size()));
    }

    public boolean isLastPart(int number) {
        return extras.repeat() > 0 && number >= (long) parts.size() * extras.repeat() - 1;
    }
}
