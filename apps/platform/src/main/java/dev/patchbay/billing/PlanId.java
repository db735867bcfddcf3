package dev.patchbay.billing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/**
 * The id of a plan, the same for all its versions. It is written {@code pln_…} (see {@link Ids}) and is a plain string in JSON.
 */
public record PlanId(@JsonValue String value) {

    @JsonCreator
    public PlanId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static PlanId next(Instant now) {
        return new PlanId(Ids.next("pln", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
