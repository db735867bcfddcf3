package dev.patchbay.iam.tenants;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The locale of a client: as given (BCP 47), else that of its country, else that of its time zone. */
public final class ClientLocale {

    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> GERMAN_SPEAKING = Set.of("DE", "AT", "CH", "LI");

    /** The JDK has no public table of the countries of time zones; these are the ones whose clock or words differ. */
    private static final Map<String, String> COUNTRY_OF_ZONE = Map.ofEntries(
            Map.entry("Europe/Berlin", "DE"),
            Map.entry("Europe/Busingen", "DE"),
            Map.entry("Europe/Vienna", "AT"),
            Map.entry("Europe/Zurich", "CH"),
            Map.entry("Europe/Vaduz", "LI"),
            Map.entry("Europe/Dublin", "IE"),
            Map.entry("America/Toronto", "CA"),
            Map.entry("America/Vancouver", "CA"),
            Map.entry("America/Edmonton", "CA"),
            Map.entry("America/Winnipeg", "CA"),
            Map.entry("America/Regina", "CA"),
            Map.entry("America/Halifax", "CA"),
            Map.entry("America/St_Johns", "CA"),
            Map.entry("Pacific/Auckland", "NZ"));

    private ClientLocale() {}

    /**
     * Reads a language tag like {@code en-GB} or {@code de}; empty when it is not of BCP 47's form, or names no language or
     * country of ISO 639 and ISO 3166.
     */
    public static Optional<Locale> parse(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        String country = locale.getCountry();
        return Optional.of(locale)
                .filter(it -> it.toLanguageTag().equalsIgnoreCase(tag))
                .filter(it -> LANGUAGES.contains(it.getLanguage()))
                .filter(it -> country.isEmpty() || COUNTRIES.contains(country));
    }

    /** @param settings a client's; {@code country} is its country (ISO 3166), where it has one */
    public static Locale defaultOf(JsonNode settings, ZoneId zone) {
        String country = Optional.of(settings.path("country").asString(""))
                .filter(COUNTRIES::contains)
                .orElseGet(() -> countryOf(zone.getId()));
        return Locale.of(GERMAN_SPEAKING.contains(country) ? "de" : "en", country);
    }

    static String countryOf(Client client) {
        return Stream.of(
                        client.settings().path("country").asString(""),
                        client.locale().getCountry())
                .filter(COUNTRIES::contains)
                .findFirst()
                .orElseGet(() -> countryOf(client.zone().getId()));
    }

    private static String countryOf(String zone) {
        if (zone.startsWith("Australia/")) {
            return "AU";
        }
        return COUNTRY_OF_ZONE.getOrDefault(zone, zone.startsWith("Europe/") ? "GB" : "US");
    }
}
