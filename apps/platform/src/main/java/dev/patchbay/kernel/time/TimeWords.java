package dev.patchbay.kernel.time;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of dates and times: first those of the client's language, then English, then the other languages of
 * {@code time-words}. Abbreviated weekdays are known in the client's language and English only, because such short words mean
 * other things in other languages.
 */
final class TimeWords {

    private static final List<String> LANGUAGES = List.of("en", "de", "es", "fr", "it", "pt", "nl");
    private static final Cache<Locale, TimeWords> LOADED =
            Caffeine.newBuilder().maximumSize(64).build();

    /** A pattern that matches nothing. */
    private static final String NEVER = "(?!)";

    private final List<ResourceBundle> bundles;
    private final List<ResourceBundle> close;
    private final List<ResourceBundle> own;
    private final Map<String, Month> months = new LinkedHashMap<>();
    private final Map<String, DayOfWeek> weekdays = new LinkedHashMap<>();
    private final Map<String, String> alternatives = new ConcurrentHashMap<>();
    private final Set<String> fillers;

    private TimeWords(Locale locale) {
        List<Locale> languages = Stream.concat(
                        Stream.of(locale, Locale.US), LANGUAGES.stream().map(Locale::of))
                .distinct()
                .toList();
        List<String> codes = languages.stream()
                .map(Locale::getLanguage)
                .distinct()
                .filter(LANGUAGES::contains)
                .toList();
        this.bundles = codes.stream().map(TimeWords::bundle).toList();
        this.close = codes.stream()
                .filter(language -> isClose(Locale.of(language), locale))
                .map(TimeWords::bundle)
                .toList();
        this.own = codes.stream()
                .filter(locale.getLanguage()::equals)
                .map(TimeWords::bundle)
                .toList();
        languages.forEach(language -> addNames(language, isClose(language, locale)));
        close.forEach(this::addFurtherNames);
        this.fillers = bundles.stream()
                .flatMap(bundle -> words(bundle, "filler"))
                .flatMap(filler -> Arrays.stream(filler.split(" ", -1)))
                .collect(Collectors.toUnmodifiableSet());
    }

    static TimeWords of(Locale locale) {
        return LOADED.get(locale, TimeWords::new);
    }

    private static boolean isClose(Locale language, Locale locale) {
        return language.getLanguage().equals(locale.getLanguage())
                || language.getLanguage().equals(Locale.ENGLISH.getLanguage());
    }

    private static ResourceBundle bundle(String language) {
        return ResourceBundle.getBundle(
                "time-words." + language, Locale.ROOT, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    private void addNames(Locale language, boolean abbreviations) {
        for (Month month : Month.values()) {
            styles(true).forEach(style -> add(months, month.getDisplayName(style, language), month));
        }
        for (DayOfWeek weekday : DayOfWeek.values()) {
            styles(abbreviations).forEach(style -> add(weekdays, weekday.getDisplayName(style, language), weekday));
        }
    }

    /** Adds names that people use besides those of the CLDR: {@code month.9=sept}, {@code weekday.6=sonnabend}. */
    private void addFurtherNames(ResourceBundle bundle) {
        for (Month month : Month.values()) {
            words(bundle, "month." + month.getValue()).forEach(name -> add(months, name, month));
        }
        for (DayOfWeek weekday : DayOfWeek.values()) {
            words(bundle, "weekday." + weekday.getValue()).forEach(name -> add(weekdays, name, weekday));
        }
    }

    private static Stream<TextStyle> styles(boolean abbreviations) {
        var full = Stream.of(TextStyle.FULL, TextStyle.FULL_STANDALONE);
        return abbreviations ? Stream.concat(full, Stream.of(TextStyle.SHORT, TextStyle.SHORT_STANDALONE)) : full;
    }

    /** Adds a name with and without a full stop. Some languages abbreviate with a full stop, which people often leave out. */
    private static <T extends Enum<T>> void add(Map<String, T> names, String name, T value) {
        String lower = name.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        if (bare.length() > 1 && !Character.isDigit(bare.charAt(0))) {
            names.putIfAbsent(bare, value);
        }
    }

    private static Stream<String> words(ResourceBundle bundle, String key) {
        try {
            return Arrays.stream(bundle.getString(key).split("\\|", -1));
        } catch (MissingResourceException languageWithoutIt) {
            return Stream.empty();
        }
    }

    /** Returns a pattern that matches each of the words of the key, the longest first. */
    String any(String key) {
        return alternatives.computeIfAbsent(
                key,
                it -> pattern(
                        bundles.stream().flatMap(bundle -> words(bundle, it)).toList()));
    }

    /**
     * Returns a pattern as {@link #any} does, in the client's language only, because some words have another meaning in another
     * language.
     */
    String anyOwn(String key) {
        return alternatives.computeIfAbsent(
                key + "#own",
                it -> pattern(own.stream().flatMap(bundle -> words(bundle, key)).toList()));
    }

    /**
     * Returns words with their numbers, in the client's language and in English.
     *
     * @param first the number of the first words
     */
    Map<String, Integer> numbers(String key, int first) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (ResourceBundle bundle : close) {
            var entries = words(bundle, key).toList();
            for (int index = 0; index < entries.size(); index++) {
                for (String spelling : entries.get(index).split("/", -1)) {
                    // “sept” is both seven in French and an abbreviation of September; the month has precedence.
                    if (!months.containsKey(spelling)) {
                        numbers.putIfAbsent(spelling, first + index);
                    }
                }
            }
        }
        return numbers;
    }

    String anyMonth() {
        return alternatives.computeIfAbsent("#month", key -> pattern(months.keySet()));
    }

    String anyWeekday() {
        return alternatives.computeIfAbsent("#weekday", key -> pattern(weekdays.keySet()));
    }

    Optional<Month> month(String name) {
        return Optional.ofNullable(months.get(name));
    }

    Optional<DayOfWeek> weekday(String name) {
        return Optional.ofNullable(weekdays.get(name));
    }

    boolean isFiller(String word) {
        return fillers.contains(word);
    }

    /** Returns a pattern that matches each of the words, the longest first. */
    static String pattern(Iterable<String> words) {
        var distinct = new LinkedHashSet<String>();
        words.forEach(distinct::add);
        var longestFirst = new ArrayList<>(distinct);
        longestFirst.sort(Comparator.comparingInt(String::length).reversed());
        return longestFirst.isEmpty()
                ? NEVER
                : longestFirst.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
    }
}
