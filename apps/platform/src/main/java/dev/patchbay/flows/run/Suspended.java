package dev.patchbay.flows.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The run waits, which is written already: its execution ends here. Not an error, so it carries no stack trace. */
final class Suspended extends RuntimeException {

    private final transient @Nullable Duration remainingWait;

    /** @param remainingWait null: until a person wakes it */
    Suspended(@Nullable Duration remainingWait) {
        super("the run waits", null, false, false);
        this.remainingWait = remainingWait;
    }

    @Nullable Duration remainingWait() {
        return remainingWait;
    }
}
