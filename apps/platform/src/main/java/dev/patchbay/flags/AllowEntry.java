package dev.patchbay.flags;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a flag's list.
 *
 * @param id null in a change that is not applied yet
 * @param listedId the tenant's or user's id
 * @param until when it ends; null: without an end
 */
public record AllowEntry(
        @Nullable String id,
        Kind kind,
        String listedId,
        @Nullable Instant until) {

    /** An entry is for a whole agency, or for one of its users. */
    public enum Kind {
        TENANT,
        USER
    }
}
