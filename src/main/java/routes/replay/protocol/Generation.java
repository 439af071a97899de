package routes.replay.protocol;

import java.util.Arrays;
import java.util.Optional;

/** The two shapes that Savant's video frames have had. Only the major number of the protocol version tells them apart. */
public enum Generation {
    /** Protocol versions 1.x. */
    ONE(1),
    /** Protocol versions 2.x. */
    TWO(2);

    private final int number;

    Generation(int number) {
        this.number = number;
    }

    /** The major number of its protocol versions. */
    int number() {
        return number;
    }

    /** @throws IllegalArgumentException when there is no such generation */
    public static Generation of(int number) {
        return Arrays.stream(values())
                .filter(generation -> generation.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be 1 or 2"));
    }

    /** Empty for a version that is neither 1.x nor 2.x. */
    public static Optional<Generation> of(String protocolVersion) {
        int dot = protocolVersion.indexOf('.');
        String major = dot < 0 ? protocolVersion : protocolVersion.substring(0, dot);
        for (Generation generation : values()) {
            if (Integer.toString(generation.number).equals(major)) {
                return Optional.of(generation);
            }
        }
        return Optional.empty();
    }
}
