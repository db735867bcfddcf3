package dev.patchbay.flows.internal.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A walk leaves its run here: it waits, and what it waits for is written down. Not an error, so it carries no trace. */
final class Suspended extends RuntimeException {

    private final transient @Nullable Duration wait;

    /** @param wait null: until somebody wakes it */
    Suspended(@Nullable Duration wait) {
        super("the run waits", null, false, false);
        this.wait = wait;
    }

    @Nullable Duration length() {
        return wait;
    }
}
