package dev.patchbay.usage.records;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Hands out the places of one batch: the next sequence number of each locked stream, and a running number within it. */
final class StreamPositions {

    private final Map<String, Long> locked;
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param locked the present sequence of each locked stream */
    StreamPositions(Map<String, Long> locked) {
        this.locked = locked;
    }

    boolean holds(String client) {
        return locked.containsKey(client);
    }

    UsageRecord.Key next(String client) {
        Long sequence = locked.get(client);
        if (sequence == null) {
            throw new IllegalStateException("the stream of client '" + client + "' is not locked");
        }
        return new UsageRecord.Key(client, sequence + 1, counts.merge(client, 1, Integer::sum));
    }

    /** The streams that got records. */
    Set<String> written() {
        return counts.keySet();
    }
}
