package dev.patchbay.kernel;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.Set;

/**
 * Texts that callers hear and people are sent, in the language of a client's locale. Each language has one resource bundle of
 * patterns for {@link MessageFormat}, {@code messages/caller_<language>.properties}. A language without a bundle gets the
 * English texts, with dates and times as its country writes them in English.
 */
public final class Messages {

    /** The ISO 639 codes of the languages that have a bundle. */
    public static final Set<String> LANGUAGES = Set.of("en", "de");

    static final String BUNDLE = "messages.caller";

    private final Locale locale;
    private final ResourceBundle bundle;

    private Messages(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                BUNDLE, Locale.of(locale.getLanguage()), Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    /** Returns the texts in the locale's language, or in English when that language has no bundle. */
    public static Messages in(Locale locale) {
        return new Messages(
                LANGUAGES.contains(locale.getLanguage())
                        ? locale
                        : Locale.of(Locale.ENGLISH.getLanguage(), locale.getCountry()));
    }

    /** Returns the locale of the texts. Its language always has a bundle. */
    public Locale locale() {
        return locale;
    }

    /**
     * Returns the text for the key with its arguments.
     *
     * @throws java.util.MissingResourceException when no text has that key
     */
    public String text(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }
}
