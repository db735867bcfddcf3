package dev.patchbay.effects;

import dev.patchbay.connections.http.Exchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests and responses of one attempt.
 *
 * @param exchanges redacted, in order; filled during the attempt
 */
public record ExchangeLog(Instant startedAt, List<Exchange> exchanges) {

    public static ExchangeLog startingAt(Instant now) {
        return new ExchangeLog(now, new ArrayList<>());
    }
}
