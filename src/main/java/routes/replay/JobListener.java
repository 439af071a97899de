package routes.replay;

/** Hears what becomes of jobs. Be quick. */
interface JobListener {

    /** A job was made, has moved on, or ended. */
    void changed(JobRecord job);
}
