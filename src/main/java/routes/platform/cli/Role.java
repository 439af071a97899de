package routes.platform.cli;

import java.util.Set;

/**
 * A part of Caravan that may run as a process of its own.
 *
 * @param name the command
 * @param description one sentence for the usage text
 * @param stages what runs; the other stages of its workflow stay stopped, and visible; other workflows are left out
 */
public record Role(String name, String description, Set<String> stages) {}
