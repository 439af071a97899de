package routes.platform.process;

/**
 * Something that must be closed properly however little time is left, because closing writes data that is only in
 * memory.
 */
@FunctionalInterface
public interface CloseOnExit {

    /** May be called when it is closed already or is being closed; returns when it is closed. */
    void close();
}
