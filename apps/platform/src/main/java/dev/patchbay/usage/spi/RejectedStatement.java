package dev.patchbay.usage.spi;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A statement that cannot become usage. It is reported until the provider states something that can.
 *
 * @param detail a sentence, without personal data
 */
public record RejectedStatement(String subject, @Nullable Instant occurredAt, Code code, String detail) {

    /** The reasons. */
    public enum Code {
        /** A cost without a currency, or with one that ISO 4217 does not have. */
        CURRENCY_MISSING,
        /** The call lasted less than no time. */
        NEGATIVE_DURATION,
        /** A product costs less than nothing. */
        NEGATIVE_COST,
        /** A member has another type, or is missing. */
        MALFORMED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
