package routes.replay;

import java.util.List;
import java.util.Set;

import routes.platform.cli.Role;
import routes.platform.cli.Settings;
import routes.platform.cli.WorkflowCommands;

/** Replay as a process of its own, as the original is. */
final class ReplayCommands implements WorkflowCommands {

    @Override
    public Set<String> stages() {
        return Set.of("replay.ingest", "replay.egress", "replay.jobs", "replay.api", "replay.media", "replay.demo");
    }

    @Override
    public List<Role> roles() {
        return List.of(new Role("replay", "Runs what records frames and sends them again", stages()));
    }

    @Override
    public List<Object> commands(Settings settings) {
        return List.of();
    }
}
