package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.Account;
import dev.patchbay.effects.spi.Quota;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Returns the requests that HighLevel allows per app and location ("Rate Limits"), unless the connection's settings differ. */
final class HighLevelQuotas {

    private HighLevelQuotas() {}

    /** @param cost the requests that one call sends at most */
    static List<Quota> of(Account account, int cost) {
        JsonNode settings = account.settings();
        return List.of(
                new Quota("burst", settings.path("requestsPer10Seconds").asInt(100), Duration.ofSeconds(10), cost),
                new Quota("day", settings.path("requestsPerDay").asInt(200_000), Duration.ofDays(1), cost));
    }
}
