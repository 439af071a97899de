package routes.platform.config;

import java.util.List;

/** Properties with rules that annotations cannot express, such as the form of an address. */
@FunctionalInterface
public interface SelfChecking {

    /** The problems by key; asked for before anything is started. */
    List<String> faults();
}
