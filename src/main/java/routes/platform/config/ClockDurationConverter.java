package routes.platform.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.stereotype.Component;

/**
 * Durations as the original imaging archiver writes them, {@code HH:MM:SS} with any number of hours, besides Boot's own
 * forms {@code PT8H} and {@code 8h}.
 */
@Component
@ConfigurationPropertiesBinding
class ClockDurationConverter implements GenericConverter {

    private static final Pattern CLOCK = Pattern.compile("(\\d{1,9}):([0-5]\\d):([0-5]\\d)");

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(String.class, Duration.class));
    }

    @Override
    public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
        String text = source == null ? "" : source.toString().strip();
        if (text.isEmpty()) {
            return null;
        }
        Matcher clock = CLOCK.matcher(text);
        return clock.matches()
                ? Duration.ofHours(Long.parseLong(clock.group(1)))
                        .plusMinutes(Long.parseLong(clock.group(2)))
                        .plusSeconds(Long.parseLong(clock.group(3)))
                : boots(text, to);
    }

    private static Duration boots(String text, TypeDescriptor to) {
        DurationUnit unit = to.getAnnotation(DurationUnit.class);
        try {
            return DurationStyle.detectAndParse(text, unit == null ? ChronoUnit.MILLIS : unit.value());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be a duration such as 8h, PT8H or 08:00:00 (days, hours, minutes, seconds: d h m s)", e);
        }
    }
}
