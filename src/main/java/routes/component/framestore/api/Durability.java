package routes.component.framestore.api;

/** What an answered append has survived. */
public enum Durability {
    /** Forced to the disk: nothing is lost by a crash of the process or the machine, or by a power cut. */
    fsync,
    /** Handed to the operating system: a crash of the process loses nothing, a power cut the last seconds. */
    wal,
    /** In memory, without a log: any crash loses what was not flushed yet, tens to hundreds of megabytes. */
    memory
}
