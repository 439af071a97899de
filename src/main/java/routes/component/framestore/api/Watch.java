package routes.component.framestore.api;

/** Tells somebody that a source has new entries, until it is closed. */
public interface Watch extends AutoCloseable {

    @Override
    void close();
}
