package dev.patchbay.effects.internal.calendar;

import dev.patchbay.kernel.AppointmentTimeFormat;
import dev.patchbay.kernel.Messages;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;

/** Says to operators why a time was refused: in English, with the clock of the client's country. */
record SlotSentence(String calendar, ZoneId zone, Locale locale) {

    /** @param why for example {@code is taken.} */
    String of(OffsetDateTime start, String why) {
        var format = new AppointmentTimeFormat(Messages.in(Locale.of("en", locale.getCountry())), zone);
        return "In %s (%s), %s %s".formatted(calendar, zone, format.write(start), why);
    }

    /** As above, with the time as it was asked for, whose year may be the mistake. */
    String ofRule(OffsetDateTime start, String why) {
        return of(
                start,
                why + ": the flow asked for " + start.atZoneSameInstant(zone).toOffsetDateTime() + ".");
    }
}
