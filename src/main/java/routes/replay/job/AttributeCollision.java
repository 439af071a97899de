package routes.replay.job;

/** What happens when a frame already has an attribute of the namespace and name that a job adds. */
public enum AttributeCollision {
    /** The job fails, as it does with the original. */
    ERROR,
    /** The job's attribute takes the place of the stored one. */
    REPLACE,
    /** The stored one stays. */
    KEEP
}
