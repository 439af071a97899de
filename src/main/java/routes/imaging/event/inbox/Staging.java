package routes.imaging.event.inbox;

import java.util.function.Predicate;

import routes.imaging.event.PendingEvent;

/** Copies the images of the systems that want it before their event is published. */
public final class Staging {

    private final StagingArea area;
    private final Predicate<String> wantedFor;

    Staging(StagingArea area, Predicate<String> wantedFor) {
        this.area = area;
        this.wantedFor = wantedFor;
    }

    public PendingEvent stage(PendingEvent pending) {
        return wantedFor.test(pending.share().system())
                ? pending.stagedAs(area.copy(pending.event(), pending.source()))
                : pending;
    }
}
