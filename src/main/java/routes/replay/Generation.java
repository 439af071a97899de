package routes.replay;

import java.util.Optional;

/** The two shapes that Savant's video frames have had. Only the major number of the protocol version tells them. */
enum Generation {
    /** Protocol versions 1.x. */
    ONE("1"),
    /** Protocol versions 2.x. */
    TWO("2");

    private final String major;

    Generation(String major) {
        this.major = major;
    }

    /** Empty for a version that is neither 1.x nor 2.x. */
    static Optional<Generation> of(String protocolVersion) {
        int dot = protocolVersion.indexOf('.');
        String major = dot < 0 ? protocolVersion : protocolVersion.substring(0, dot);
        for (Generation generation : values()) {
            if (generation.major.equals(major)) {
                return Optional.of(generation);
            }
        }
        return Optional.empty();
    }
}
