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

    private final Map<String, Pattern> named = new ConcurrentHashMap<>();

    final TimeWords words;

    final Pattern yearFirst = whole("(20\\d{2})[-/.](\\d{1,2})[-/.](\\d{1,2})");
    final Pattern numbers = whole("(\\d{1,2})([./-])(\\d{1,2})\\2(20\\d{2}|\\d{2})");
    final Pattern twoNumbers = whole("(\\d{1,2})(?:/(\\d{1,2})(?!\\d)|\\.(\\d{1,2})\\.)");
    final Pattern dayMonth;
    final Pattern monthDay;
    final Pattern weekday;
    final Pattern nextWeekday;
    final Pattern comingWeekday;
    final Pattern delay;

    final Pattern hourAndMinute;
    final Pattern hourAndMeridiem = whole("(\\d{1,2})\\s*" + MERIDIEM);
    final Pattern hourAndWord;
    final Pattern hourAfterWord;

    private TextPatterns(Locale locale) {
        this.words = TimeWords.of(locale);
        String month = "(" + words.anyMonth() + ")\\.?";
        String year = "(?:\\s*,?\\s*(?:of |de |del )?(20\\d{2}))?(?![\\d:])";
        this.dayMonth = whole("(\\d{1,2})(?:st|nd|rd|th|er|\\.|º)?\\s*-?(?:of |de |di |the )?" + month + year);
        this.monthDay = whole(month + "\\s*(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])" + year);
        this.weekday = whole("(" + words.anyWeekday() + ")\\.?");
        this.nextWeekday = whole("(?:" + words.any("next") + "\\s+(" + words.anyWeekday() + ")|(" + words.anyWeekday()
                + ")\\s+(?:" + words.any("nextWeek") + "|" + words.any("next") + "))");
        this.comingWeekday = whole(words.any("coming") + "\\s+(" + words.anyWeekday() + ")");
        this.delay = whole(words.any("in") + "\\s+(\\d{1,3})\\s+(?:(" + words.any("weeks") + ")|(" + words.any("days")
                + ")|(" + words.any("hours") + ")|(" + words.any("minutes") + "))");
        this.hourAndMinute =
                whole("(\\d{1,2})(?:[:h]|\\.(?=\\d{2}(?!\\d*\\.)))(\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?(?:\\s*" + MERIDIEM
                        + ")?(?:\\s*(?:" + words.any("clock") + "|h))?");
        this.hourAndWord = whole("(?:" + words.any("at") + "\\s*)?(\\d{1,2})\\s*(?:" + words.any("clock")
                + "|h)(?:\\s*(\\d{2})(?!\\d))?");
        this.hourAfterWord = whole(words.any("at") + "\\s*(\\d{1,2})(?![\\d/.:-])");
    }

    static TextPatterns of(Locale locale) {
        return COMPILED.get(locale, TextPatterns::new);
    }

    Pattern word(String key) {
        return named.computeIfAbsent(key, it -> whole(words.any(it)));
    }

    /** An hour behind words such as “half past”. */
    Pattern hourAfter(String key) {
        return named.computeIfAbsent(
                key + "#hour", it -> whole(words.any(key) + "\\s+(\\d{1,2})(?:\\s*" + MERIDIEM + ")?"));
    }

    private static Pattern whole(String pattern) {
        return Pattern.compile("(?<![\\p{L}\\d])(?:" + pattern + ")(?![\\p{L}\\d])");
    }
}
