package routes.replay.protocol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Frames a second, as a fraction. As received: a hostile or broken sender may give zeros. */
public record Framerate(int numerator, int denominator) {

    /** Savant's own, where a frame gives none. */
    public static final Framerate DEFAULT = new Framerate(30, 1);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

    /** Empty when it is not of the form {@code 25/1}. */
    public static Optional<Framerate> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Framerate(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** How long a frame is shown; infinite or not a number where there are zeros. */
    public double frameSeconds() {
        return (double) denominator / numerator;
    }
}
