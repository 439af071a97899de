package routes.platform.config;

import java.util.List;

/** Properties with rules that no annotation expresses, such as the form of an address. */
@FunctionalInterface
public interface SelfChecking {

    /** What is wrong, each with its key; asked before anything is started. */
    List<String> faults();
}
