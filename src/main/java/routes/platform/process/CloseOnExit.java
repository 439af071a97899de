package routes.platform.process;

/** What must be closed in an orderly way however little time there is, since closing it writes what was not written. */
@FunctionalInterface
public interface CloseOnExit {

    /** May be called although it is closed already, or while it is being closed; returns when it is. */
    void close();
}
