package dev.patchbay.iam.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientLocaleTests {

    @ParameterizedTest
    @CsvSource({
        "America/Chicago, en-US",
        "America/Toronto, en-CA",
        "Europe/London, en-GB",
        "Europe/Dublin, en-IE",
        "Europe/Paris, en-GB",
        "Europe/Berlin, de-DE",
        "Europe/Vienna, de-AT",
        "Australia/Perth, en-AU",
        "UTC, en-US",
    })
    void aClientWithoutACountrySpeaksAsItsTimeZone(String zone, String locale) {
        assertThat(ClientLocale.defaultOf(Json.object(), ZoneId.of(zone)).toLanguageTag())
                .isEqualTo(locale);
    }

    @ParameterizedTest
    @CsvSource({"DE, de-DE", "AT, de-AT", "CH, de-CH", "GB, en-GB", "FR, en-FR", "Germany, en-US"})
    void theCountryOfAClientGoesBeforeItsTimeZone(String country, String locale) {
        var settings = Json.object().put("country", country);

        assertThat(ClientLocale.defaultOf(settings, ZoneId.of("UTC")).toLanguageTag())
                .isEqualTo(locale);
    }

    @ParameterizedTest
    @CsvSource({"en-US, en-US", "EN-gb, en-GB", "de, de", "fr-FR, fr-FR", "zh-Hant-TW, zh-Hant-TW"})
    void aLanguageTagIsRead(String tag, String locale) {
        assertThat(ClientLocale.parse(tag)).contains(Locale.forLanguageTag(locale));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "en_US", "english", "xx", "en-XX", "-", "und", "en-US-", "de-DE-x"})
    void aTextThatIsNoLanguageTagIsRejected(String tag) {
        assertThat(ClientLocale.parse(tag)).isEmpty();
    }
}
