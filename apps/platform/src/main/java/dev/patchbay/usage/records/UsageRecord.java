package dev.patchbay.usage.records;

import dev.patchbay.usage.spi.UsageStatement.Charge;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A record to be added to a client's stream. */
record UsageRecord(
        Key key,
        String subject,
        int revision,
        Charge charge,
        Source source,
        @Nullable String agentId,
        @Nullable String agentVersion,
        Instant occurredAt,
        LocalDate localDay,
        Reason reason) {

    /**
     * The place of a record.
     *
     * @param client empty text while the usage belongs to no client
     */
    record Key(String client, long seq, int n) {}

    /** Why a record was written. */
    enum Reason {
        STATED,
        CORRECTED,
        ATTRIBUTED,
        INVOICE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A record that counts: it reverses nothing, and nothing reverses it. */
    record Current(Key key, String subject, Source source, Instant occurredAt, LocalDate localDay) {}

    /** The reversal of a record, at its own place in the same stream. */
    record Reversal(Current reversed, Key key, Reason reason) {}

    /** The same record for another client. */
    record Transfer(Current from, Key to, LocalDate localDay) {}
}
