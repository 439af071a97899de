package routes.replay.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Protocol versions of Savant that are accepted, and the one that is announced. Savant's own nodes talk only to their
 * own release, patch level included.
 */
public final class ProtocolVersions {

    /** No version is longer. Matching a text of any length against patterns could take forever. */
    private static final int MAX_LENGTH = 64;

    private final List<Pattern> accepted;
    private final String announced;
    private final Map<Generation, String> translated;

    /**
     * @param accepted versions like {@code 1.15.1}, or patterns in which {@code *} stands for any text: {@code 1.15.*}
     * @param announced the version that messages of jobs announce
     * @param translated for each generation, the version that messages translated to it announce, unless
     *     {@code announced} is of it
     */
    public ProtocolVersions(List<String> accepted, String announced, Map<Generation, String> translated) {
        this.accepted = accepted.stream().map(ProtocolVersions::pattern).toList();
        this.announced = announced;
        this.translated = translated;
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
    }

    public boolean accepts(String version) {
        return version.length() <= MAX_LENGTH
                && accepted.stream()
                        .anyMatch(pattern -> pattern.matcher(version).matches());
    }

    /** For messages that are made here, not passed on. */
    public String announced() {
        return announced;
    }

    /**
     * For a message that is passed on. If it announced another generation than that of its content, the receiver would
     * decode it wrongly; in that case it keeps its version.
     */
    public String announcedFor(SavantMessage message) {
        return announcedIs(message.generation()) ? announced : message.protocolVersion();
    }

    private boolean announcedIs(Generation generation) {
        return Generation.of(announced).filter(generation::equals).isPresent();
    }

    /** For messages that all have to be of one generation. */
    public GenerationTranslator translationTo(Generation generation) {
        String version = announcedIs(generation)
                ? announced
                : Optional.ofNullable(translated.get(generation))
                        .orElseThrow(() -> new IllegalStateException(
                                "no version is known to announce with generation " + generation.number()));
        return new GenerationTranslator(generation, version);
    }
}
