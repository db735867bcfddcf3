package dev.patchbay.billing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;
import java.util.Optional;

/** The id of an invoice, written {@code inv_…} (see {@link Ids}); a plain string in JSON. */
public record InvoiceId(@JsonValue String value) {

    @JsonCreator
    public InvoiceId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static InvoiceId next(Instant now) {
        return new InvoiceId(Ids.next("inv", now));
    }

    /** Returns the id, or empty when the text cannot be an id. */
    public static Optional<InvoiceId> parse(String text) {
        try {
            return Optional.of(new InvoiceId(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
