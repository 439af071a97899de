package routes.platform.cli;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A moment as people type it: {@code 2024-02-01T09:30:00+01:00}; without offset it is read from the clock of this
 * machine, and without a time it is midnight there.
 */
public final class MomentConverter implements ITypeConverter<OffsetDateTime> {

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ISO_DATE_TIME;

    private final ZoneId zone;

    public MomentConverter() {
        this(ZoneId.systemDefault());
    }

    MomentConverter(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public OffsetDateTime convert(String text) {
        try {
            if (!text.contains("T")) {
                return LocalDate.parse(text).atStartOfDay(zone).toOffsetDateTime();
            }
            TemporalAccessor moment = DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return moment instanceof LocalDateTime local
                    ? local.atZone(zone).toOffsetDateTime()
                    : (OffsetDateTime) moment;
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'%s' must look like 2024-02-01T09:30, 2024-02-01T09:30:00+01:00 or 2024-02-01".formatted(text));
        }
    }
}
