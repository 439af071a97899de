package routes.replay.job.service;

import java.util.UUID;

/** Gives jobs a place to run. */
interface JobLauncher {

    /**
     * Makes what takes the job's messages to its sink, and has its runner start.
     *
     * @throws Exception it cannot be made; nothing of it is left
     */
    void launch(LiveJob job) throws Exception;

    /** Takes it away again, if it is there. */
    void remove(UUID job);

    /** Shows that the job stands still. */
    void pause(UUID job);

    /** Shows that the job goes on. */
    void resume(UUID job);

    /** Gives back what no job has used for a while. */
    void tidy();
}
