package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.internal.ratelimit.RateLimiter;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Quota;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Lets an attempt begin only when the provider has room for it, and remembers when the provider says that it has none. */
record RateLimitGate(RateLimiter rates) {

    /** Zero: begin now. Otherwise how long to wait before asking again. */
    Duration ask(Attempt attempt) {
        return rates.admit(
                attempt.acting().key().tenant(),
                attempt.bound().account().connectionId().value(),
                attempt.acting().client(),
                quotas(attempt));
    }

    /** Hears how an attempt that began has ended. */
    void heard(Attempt attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry && retry.reason() == FailureReason.RATE_LIMITED) {
            rates.close(
                    attempt.acting().key().tenant(),
                    attempt.bound().account().connectionId().value(),
                    providers(attempt),
                    retry.after());
        }
    }

    private static List<Quota> quotas(Attempt attempt) {
        return Stream.concat(providers(attempt).stream(), attempt.acting().quotas().stream())
                .toList();
    }

    private static List<Quota> providers(Attempt attempt) {
        return attempt.adapter()
                .quotas(
                        attempt.acting().function().name(),
                        attempt.bound().account(),
                        attempt.bound().settings());
    }
}
