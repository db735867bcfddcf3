package dev.patchbay.iam.tenants;

import dev.patchbay.kernel.ClientId;
import java.time.ZoneId;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A business that the agency serves.
 *
 * @param zone where its days begin and end
 * @param settings what flows may read as {@code $client.settings}
 * @param locale the language and the clock in which its callers are spoken to and its people are written to
 */
public record Client(ClientId id, String name, ZoneId zone, JsonNode settings, Locale locale) {

    /** A client with the locale of its country ({@code settings.country}), else of its time zone. */
    public Client(ClientId id, String name, ZoneId zone, JsonNode settings) {
        this(id, name, zone, settings, ClientLocale.defaultOf(settings, zone));
    }

    /** Its country (ISO 3166), in whose format its people write phone numbers: {@code settings.country}, else the locale's. */
    public String country() {
        return ClientLocale.countryOf(this);
    }
}
