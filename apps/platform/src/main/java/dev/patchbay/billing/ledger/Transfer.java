package dev.patchbay.billing.ledger;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A transfer over HTTP.
 *
 * @param source the business fact, for example {@code invoice/inv_1}
 * @param amount positive, in major units
 * @param reverses the source of the transfer that this one takes back
 */
public record Transfer(
        String source,
        int n,
        String debit,
        String credit,
        String amount,
        String currency,
        LocalDate valueOn,
        Instant bookedAt,
        @Nullable String reverses) {}
