package routes.replay.recording;

import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs who changed what is kept, under a name of its own, so that a site can send these lines elsewhere. */
final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("audit.replay");

    private final Supplier<String> who;

    /** @param who the user of the request that is being answered */
    AuditLog(Supplier<String> who) {
        this.who = who;
    }

    void note(String what) {
        LOG.info("replay: {} {}", who.get(), withoutBreaks(what));
    }

    /** Ids and reasons come from clients, who must not be able to write lines of their own. */
    private static String withoutBreaks(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
