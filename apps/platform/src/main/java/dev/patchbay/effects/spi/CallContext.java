package dev.patchbay.effects.spi;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.Exchange;
import dev.patchbay.connections.http.Window;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Holds the context of one attempt to call a provider.
 *
 * @param account the connection it goes through
 * @param binding the client's settings for this port, for example {@code {"calendarId": "…"}}
 * @param zone the client's time zone (IANA)
 * @param locale the language and format in which the adapter writes dates and texts for the client's people
 * @param origin the run, live call or hold that causes the call: {@code run_…}, {@code live:…}, {@code hold:…}
 * @param effectKey the key of the effect, stable over attempts, restarts and replays; adapters derive the provider's
 *     idempotency key from it
 * @param firstClaimedAt the time at which the effect was first claimed; a look-up need not search before it
 * @param window how long the adapter may send and wait
 * @param journal receives every exchange with the provider, already redacted
 */
public record CallContext(
        Account account,
        ClientId client,
        JsonNode binding,
        ZoneId zone,
        Locale locale,
        CorrelationId correlation,
        String origin,
        String effectKey,
        Instant firstClaimedAt,
        Window window,
        Consumer<Exchange> journal) {}
