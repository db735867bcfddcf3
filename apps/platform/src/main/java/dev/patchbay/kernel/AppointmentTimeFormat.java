package dev.patchbay.kernel;

import java.text.ListFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Times of appointments as people of a locale say and write them, in the client's time zone. Names, order and the 12- or
 * 24-hour clock come from the JDK's CLDR data; the words around them from {@link Messages}.
 */
public final class AppointmentTimeFormat {

    /** From then on a weekday alone could be the one of this week or of next week. */
    private static final int DAYS_OF_A_WEEK = 7;
    /** From then on a date without its year could be meant for this year or the next. */
    private static final int DAYS_WITHOUT_YEAR = 300;

    private final Messages messages;
    private final ZoneId zone;
    private final DateTimeFormatter weekday;
    private final DateTimeFormatter fullDate;
    private final DateTimeFormatter fullDateWithYear;
    private final DateTimeFormatter shortDate;
    private final DateTimeFormatter clock;

    /** @param zone IANA zone of the times that are said and written */
    public AppointmentTimeFormat(Messages messages, ZoneId zone) {
        Locale locale = messages.locale();
        this.messages = messages;
        this.zone = zone;
        this.weekday = DateTimeFormatter.ofPattern("EEEE", locale);
        this.fullDate = DateTimeFormatter.ofPattern(fullDateWithoutYear(locale), locale);
        this.fullDateWithYear =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale);
        this.shortDate = DateTimeFormatter.ofLocalizedPattern("MMMEd").withLocale(locale);
        this.clock = DateTimeFormatter.ofLocalizedPattern("jm").withLocale(locale);
    }

    /** The JDK answers the skeleton {@code MMMMEEEEd} with an abbreviated weekday for many locales, so its full date is cut. */
    private static String fullDateWithoutYear(Locale locale) {
        return DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                        FormatStyle.FULL, null, IsoChronology.INSTANCE, locale)
                .replaceAll("[\\s,]*y+", "");
    }

    /**
     * For a conversation: {@code tomorrow at 2:30 PM}, {@code Tuesday at 2:30 PM} within the coming six days, and
     * {@code Tuesday, November 24 at 2:30 PM} otherwise; with the year for another year, from ten months ahead on.
     */
    public String say(OffsetDateTime time, Instant now) {
        return sayLocal(time.atZoneSameInstant(zone).toLocalDateTime(), now);
    }

    /** As {@link #say}, for a local time that may not exist. */
    public String sayLocal(LocalDateTime local, Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        long days = ChronoUnit.DAYS.between(today, local.toLocalDate());
        if (days == 0) {
            return messages.text("time.today", sayClock(local));
        }
        if (days == 1) {
            return messages.text("time.tomorrow", sayClock(local));
        }
        boolean otherYear = local.getYear() != today.getYear() && (days < 0 || days >= DAYS_WITHOUT_YEAR);
        return messages.text("time.day", day(days, otherYear).format(local), sayClock(local));
    }

    private DateTimeFormatter day(long daysAhead, boolean otherYear) {
        if (daysAhead > 1 && daysAhead < DAYS_OF_A_WEEK) {
            return weekday;
        }
        return otherYear ? fullDateWithYear : fullDate;
    }

    /** All of these times: {@code Tuesday at 9:00 AM and Thursday at 10:00 AM}. */
    public String sayAll(List<OffsetDateTime> times, Instant now) {
        return ListFormat.getInstance(messages.locale(), ListFormat.Type.STANDARD, ListFormat.Style.FULL)
                .format(times.stream().map(time -> say(time, now)).toList());
    }

    /** Times to choose from, each day said once: {@code Tuesday at 9:00 AM, 9:30 AM, or 10:00 AM}. */
    public String sayChoice(List<OffsetDateTime> times, Instant now) {
        var choices = new ArrayList<String>();
        LocalDate saidDay = null;
        for (OffsetDateTime time : times) {
            ZonedDateTime local = time.atZoneSameInstant(zone);
            choices.add(local.toLocalDate().equals(saidDay) ? sayClock(local) : say(time, now));
            saidDay = local.toLocalDate();
        }
        return ListFormat.getInstance(messages.locale(), ListFormat.Type.OR, ListFormat.Style.FULL)
                .format(choices);
    }

    /** For texts and confirmations, true on any day: {@code Tue, Nov 24, 2:30 PM}. */
    public String write(OffsetDateTime time) {
        ZonedDateTime local = time.atZoneSameInstant(zone);
        return messages.text("time.written", shortDate.format(local), clock(local));
    }

    /** Without the leading zero of a 24-hour clock, which a voice would read: {@code 9:00 Uhr}, not {@code 09:00 Uhr}. */
    private String sayClock(TemporalAccessor local) {
        return clock(local).replaceFirst("^0(?=\\d)", "");
    }

    /** With plain blanks: a text message with CLDR's narrow ones holds 70 characters instead of 160. */
    private String clock(TemporalAccessor local) {
        return messages.text("time.clock", clock.format(local).replaceAll("\\p{Zs}", " "));
    }
}
