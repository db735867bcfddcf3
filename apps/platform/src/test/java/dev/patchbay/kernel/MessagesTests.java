package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.MessageFormat;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text in every language. */
class MessagesTests {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");

    private static ResourceBundle bundle(String language) {
        return ResourceBundle.getBundle(Messages.BUNDLE, Locale.of(language));
    }

    static Stream<String> keys() {
        return new TreeSet<>(bundle("en").keySet()).stream();
    }

    static Stream<String> languages() {
        return Messages.LANGUAGES.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyLanguageHasTheSameKeys(String language) {
        assertThat(Collections.list(bundle(language).getKeys())).containsExactlyInAnyOrderElementsOf(keys().toList());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyLanguageUsesTheSameArguments(String key) {
        Set<String> arguments = arguments(bundle("en").getString(key));

        assertThat(languages())
                .allSatisfy(language -> assertThat(arguments(bundle(language).getString(key)))
                        .as(language)
                        .isEqualTo(arguments));
    }

    private static Set<String> arguments(String pattern) {
        return ARGUMENT.matcher(pattern).results().map(it -> it.group(1)).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyTextIsFilledInCompletely(String key) {
        for (String language : Messages.LANGUAGES) {
            for (int count : List.of(1, 2, 10)) {
                String text = Messages.in(Locale.of(language)).text(key, "first", count);

                assertThat(text).as(language).isNotBlank().doesNotContain("{", "}", "''");
                assertThat(text.strip()).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noApostropheIsTakenForAQuote(String key) {
        for (String language : Messages.LANGUAGES) {
            String pattern = bundle(language).getString(key);

            assertThat(new MessageFormat(pattern, Locale.of(language)).format(new Object[] {"", 2}))
                    .as(language)
                    .satisfies(text -> assertThat(text.chars().filter(it -> it == '\''))
                            .hasSize(pattern.split("''", -1).length - 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"en-US, en-US", "de-AT, de-AT", "fr-FR, en-FR", "ja, en"})
    void aLanguageWithoutABundleIsAnsweredInEnglishOfItsCountry(String requested, String used) {
        assertThat(Messages.in(Locale.forLanguageTag(requested)).locale()).isEqualTo(Locale.forLanguageTag(used));
    }

    @Test
    void oneFreeTimeIsOfferedOtherwiseThanSeveral() {
        var english = Messages.in(Locale.US);
        var german = Messages.in(Locale.GERMANY);

        assertThat(english.text("slots.found", "today at 2:30 PM", 1))
                .isEqualTo("I have today at 2:30 PM. Does that work for you?");
        assertThat(english.text("slots.found", "2:30 PM or 3:00 PM", 2)).endsWith("Which would you prefer?");
        assertThat(german.text("slots.found", "heute um 14:30 Uhr", 1)).endsWith("Passt Ihnen das?");
        assertThat(german.text("slots.found", "14:30 Uhr oder 15:00 Uhr", 2)).endsWith("Was passt Ihnen am besten?");
    }

    @Test
    void germanAddressesPeoplePolitely() {
        assertThat(keys().map(key -> bundle("de").getString(key)))
                .noneMatch(text -> text.matches("(?s).*\\b([Dd]u|[Dd]ir|[Dd]ich|[Dd]ein\\w*)\\b.*"));
    }

    @Test
    void aTextThatDoesNotExistIsAnError() {
        var messages = Messages.in(Locale.US);

        assertThatThrownBy(() -> messages.text("slots.absent")).isInstanceOf(MissingResourceException.class);
    }
}
