package dev.patchbay.insights.internal;

import dev.patchbay.insights.Timeline.Item;
import dev.patchbay.insights.Timeline.Ref;
import dev.patchbay.kernel.CorrelationId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An item of a timeline and its place among the others.
 *
 * @param sortKey orders rows as text; needs no encoding in a URL
 */
record TimelineRow(String sortKey, Item item) {

    private static final Pattern UNSAFE_IN_A_URL = Pattern.compile("[^A-Za-z0-9_-]");

    /** Orders what happened in the same microsecond. */
    enum Rank {
        WEBHOOK(0),
        EVENT(1),
        RUN_STARTED(2),
        STEP(3),
        ATTEMPT(4),
        INVOCATION(5),
        EFFECT(6),
        RUN_ENDED(7);

        private final int digit;

        Rank(int digit) {
            this.digit = digit;
        }
    }

    static TimelineRow of(Rank rank, String id, Item item) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, item.at());
        return new TimelineRow(
                String.format(
                        "%019d.%d.%s",
                        micros, rank.digit, UNSAFE_IN_A_URL.matcher(id).replaceAll("_")),
                item);
    }

    static TimelineRow of(
            Rank rank,
            Instant at,
            String kind,
            String title,
            @Nullable String detail,
            CorrelationId correlation,
            Ref ref,
            @Nullable String status) {
        return of(rank, ref.id(), new Item(at, kind, title, detail, correlation.value(), ref, status, null));
    }
}
