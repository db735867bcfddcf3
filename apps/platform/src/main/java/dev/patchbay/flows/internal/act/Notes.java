package dev.patchbay.flows.internal.act;

import dev.patchbay.connections.http.Exchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written down during an attempt.
 *
 * @param exchanges what was said, in order
 */
public record Notes(Instant startedAt, List<Exchange> exchanges) {

    public static Notes from(Instant now) {
        return new Notes(now, new ArrayList<>());
    }
}
