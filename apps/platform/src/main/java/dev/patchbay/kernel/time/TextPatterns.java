package dev.patchbay.kernel.time;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The patterns of dates and times in texts, for one client's locale. */
final class TextPatterns {

    private static final String MERIDIEM = "([ap])\\.?\\s?m\\b\\.?";
    private static final Cache<Locale, TextPatterns> COMPILED =
            Caffeine.newBuilder().maximumSize(64).build();

    /** Matches an offset with the name of its zone, as JavaScript writes dates. */
    static final Pattern ZONE_IN_BRACKETS = Pattern.compile("((?:gmt|utc)[+-]\\d{4}) \\([^()]*\\)$");

    private static final Pattern SPACED_DATE =
            Pattern.compile("(?<![\\d.])(\\d{1,2})\\.\\s?(\\d{1,2})\\.(?:\\s(20\\d{2}))?(?!\\d)");

    private final Map<String, Pattern> named = new ConcurrentHashMap<>();

    final TimeWords words;

    final Pattern yearFirst = whole("(20\\d{2})[-/.](\\d{1,2})[-/.](\\d{1,2})");
    final Pattern numbers = whole("(\\d{1,2})([./-])(\\d{1,2})\\2(20\\d{2}|\\d{2})");
    final Pattern twoNumbers = whole("(\\d{1,2})(?:/(\\d{1,2})(?!\\d)|\\.(\\d{1,2})\\.)");
    final Pattern dayMonth;
    final Pattern monthDay;
    final Pattern month;
    final Pattern weekday;
    final Pattern nextWeekday;
    final Pattern weekdayAfterNext;
    final Pattern thisWeekday;
    final Pattern comingWeekday;
    final Pattern weekdayLater;
    final Pattern dayOfMonth;
    final Pattern delay;
    final Pattern halfHour;
    final Pattern later;

    final Pattern hourAndMinute;
    /** Matches an hour alone, which is one only beside a word such as “morning” or “noon”. */
    final Pattern hour = whole("(\\d{1,2})(?![/.:-])");

    final Pattern hourAndMeridiem = whole("(\\d{1,2})\\s*" + MERIDIEM);
    final Pattern hourAndWord;
    final Pattern hourAfterWord;
    final Pattern fourDigits;

    /** Matches the gap between the two ends of a range; the first group is a word such as “and”. */
    final Pattern betweenEnds;
    /** Matches “the next 3 days” and “in the next 2 weeks”. */
    final Pattern nextDays;

    final NumberWords numberWords;

    /** Matches a day in one word with its part, as in “Freitagnachmittag”. */
    private final Pattern dayWithPart;
    /** Matches a day before a word that means the morning there and tomorrow elsewhere, as in “heute Morgen”. */
    private final Pattern morningOfDay;
    /** Matches a word that means “on” before a day there and the morning elsewhere, as in “um drei am Dienstag”. */
    private final Pattern onDay;

    private TextPatterns(Locale locale) {
        this.words = TimeWords.of(locale);
        this.numberWords = new NumberWords(words);
        String monthName = "(" + words.anyMonth() + ")\\.?";
        String year = "(?:(?:\\s*,?\\s*(?:of |de |del )?|-)(20\\d{2}|(?<=-)\\d{2}))?(?![\\d:])";
        this.dayMonth = whole("(\\d{1,2})(?:st|nd|rd|th|er|\\.|º)?\\s*-?(?:of |de |di |the )?" + monthName + year);
        this.monthDay = whole(monthName + "\\s*(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])" + year);
        this.month =
                whole("(?:" + words.any("in") + "\\s+|im\\s+)?" + monthName + "(?:\\s*,?\\s*(?:of |de )?(20\\d{2}))?");
        this.weekday = whole("(" + words.anyWeekday() + ")\\.?");
        this.nextWeekday = whole("(?:" + words.any("next") + "\\s+(" + words.anyWeekday() + ")|(" + words.anyWeekday()
                + ")\\s+(?:of |in |the )*(?:" + words.any("nextWeek") + "|" + words.any("next") + ")|"
                + words.any("nextWeek")
                + "\\s+(?:on )?("
                + words.anyWeekday() + "))");
        this.weekdayLater = whole("(" + words.anyWeekday() + ")\\s+" + words.any("weekLater"));
        this.dayOfMonth = whole(
                "(?:(?:the|den|der|am)\\s+)?(\\d{1,2})(?:st|nd|rd|th)|(?:den|der|am)\\s+(\\d{1,2})\\.|(?:el|le|il)\\s+(\\d{1,2})(?![\\d/.:-])");
        this.weekdayAfterNext = whole("(?:" + words.any("afterNext") + "\\s+(" + words.anyWeekday() + ")|("
                + words.anyWeekday() + ")\\s+(?:of |in |the )*" + words.any("weekAfterNext") + "|"
                + words.any("weekAfterNext") + "\\s+(?:on )?("
                + words.anyWeekday() + "))");
        this.thisWeekday = whole(words.any("this") + "\\s+(" + words.anyWeekday() + ")");
        this.comingWeekday = whole("(?:" + words.any("coming") + "\\s+(" + words.anyWeekday() + ")|("
                + words.anyWeekday() + ")\\s+" + words.any("comingAfter") + ")");
        String count = "(\\d{1,3}|" + words.any("one") + ")";
        this.later =
                whole(count + "\\s+(?:(" + words.any("weeks") + ")|" + words.any("days") + ")\\s+" + words.any("from"));
        this.halfHour = whole(words.any("in") + "\\s+" + words.any("halfHour"));
        this.delay = whole(words.any("in") + "\\s+" + count + "\\s+(?:(" + words.any("weeks") + ")|("
                + words.any("days") + ")|(" + words.any("hours") + ")|(" + words.any("minutes") + "))");
        this.hourAndMinute =
                whole("(\\d{1,2})(?:[:h]|\\.(?=\\d{2}(?!\\d*\\.)))(\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?(?:\\s*" + MERIDIEM
                        + ")?(?:\\s*(?:" + words.any("clock") + "|h))?");
        this.hourAndWord = whole("(?:" + words.any("at") + "\\s*)?(\\d{1,2})\\s*(?:" + words.any("clock")
                + "|h)(?:\\s*(\\d{2})(?!\\d))?");
        this.fourDigits = whole("(?:" + words.any("at") + "\\s*([01]\\d|2[0-3])|(0\\d|1\\d|2[1-3]))([0-5]\\d)(?:\\s*(?:"
                + words.any("clock") + "|h))?");
        this.hourAfterWord = whole(words.any("at") + "\\s*(\\d{1,2})(?![\\d/.:-])");
        this.betweenEnds = Pattern.compile(
                "\\s+(?:(" + words.any("rangeAnd") + ")|" + words.any("rangeTo") + ")\\s+|\\s*[–—/-]\\s*");
        this.nextDays = whole(words.any("nextCounted") + "\\s+(\\d{1,2})\\s+(?:(" + words.any("weeks") + ")|"
                + words.any("days") + ")");
        this.dayWithPart = Pattern.compile("(?<!\\p{L})(" + words.anyWeekday() + ")(?=(?:" + words.any("morning") + "|"
                + words.any("afternoon") + "|" + words.any("noon") + ")(?!\\p{L}))");
        this.onDay = Pattern.compile("(?<!\\p{L})" + words.anyOwn("onDay") + " (?=" + words.anyWeekday()
                + "|\\d{1,2}\\.|\\p{L}{2,20}ten(?!\\p{L}))");
        this.morningOfDay =
                whole("(" + words.any("today") + "|" + words.anyWeekday() + ") ?" + words.anyOwn("morningAfterDay"));
    }

    /** Writes days in the one way that is read: apart from their part, and with “den” instead of an “am” that is no AM. */
    String unifyDays(String text) {
        String apart = dayWithPart
                .matcher(morningOfDay.matcher(text).replaceAll("$1 in the morning"))
                .replaceAll("$1 ");
        return SPACED_DATE.matcher(onDay.matcher(apart).replaceAll("den ")).replaceAll("$1.$2.$3");
    }

    static TextPatterns of(Locale locale) {
        return COMPILED.get(locale, TextPatterns::new);
    }

    Pattern word(String key) {
        return named.computeIfAbsent(key, it -> whole(words.any(it)));
    }

    /** Matches words of two kinds, the second after the first. */
    Pattern pair(String first, String second) {
        return named.computeIfAbsent(first + " " + second, it -> whole(words.any(first) + "\\s+" + words.any(second)));
    }

    /** Matches an hour after words of the client's language only. */
    Pattern ownHourAfter(String key) {
        return named.computeIfAbsent(
                key + "#own", it -> whole(words.anyOwn(key) + "\\s+(\\d{1,2})(?:\\s*" + MERIDIEM + ")?"));
    }

    /** Matches an hour before words such as “y media”. */
    Pattern hourBefore(String key) {
        return named.computeIfAbsent(
                key + "#before",
                it -> whole("(?:" + words.any("at") + "\\s*)?(\\d{1,2})(?:\\s*(?:" + words.any("clock") + "|h))?\\s+"
                        + words.any(key)));
    }

    /** Matches minutes before words such as “past”, with an hour after them. */
    Pattern minutesAndHour(String key) {
        return named.computeIfAbsent(
                key + "#minutes",
                it -> whole("(\\d{1,2})\\s+" + words.any(key) + "\\s+(\\d{1,2})(?:\\s*" + MERIDIEM + ")?"));
    }

    /** Matches an hour after words such as “half past”. */
    Pattern hourAfter(String key) {
        return named.computeIfAbsent(
                key + "#hour", it -> whole(words.any(key) + "\\s+(\\d{1,2})(?:\\s*" + MERIDIEM + ")?"));
    }

    private static Pattern whole(String pattern) {
        return Pattern.compile("(?<![\\p{L}\\d])(?:" + pattern + ")(?![\\p{L}\\d])");
    }
}
