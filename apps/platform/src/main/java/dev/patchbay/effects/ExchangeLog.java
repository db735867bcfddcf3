package dev.patchbay.effects;

import dev.patchbay.connections.http.Exchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written down during an attempt.
 *
 * @param exchanges what was said, in order
 */
public record ExchangeLog(Instant startedAt, List<Exchange> exchanges) {

    public static ExchangeLog from(Instant now) {
        return new ExchangeLog(now, new ArrayList<>());
    }
}
