package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.internal.ratelimit.RateLimiter;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Quota;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Admits an attempt only when the provider's quotas have room for it, and closes them when the provider answers 429. */
record RateLimitGate(RateLimiter rateLimiter) {

    /** Zero: start now. Otherwise how long to wait before asking again. */
    Duration admit(Attempt attempt) {
        return rateLimiter.admit(
                attempt.request().key().tenant(),
                attempt.connection().account().connectionId().value(),
                attempt.request().client(),
                quotas(attempt));
    }

    void observe(Attempt attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry && retry.reason() == FailureReason.RATE_LIMITED) {
            rateLimiter.close(
                    attempt.request().key().tenant(),
                    attempt.connection().account().connectionId().value(),
                    providerQuotas(attempt),
                    retry.after());
        }
    }

    private static List<Quota> quotas(Attempt attempt) {
        return Stream.concat(providerQuotas(attempt).stream(), attempt.request().quotas().stream())
                .toList();
    }

    private static List<Quota> providerQuotas(Attempt attempt) {
        return attempt.adapter()
                .quotas(
                        attempt.request().function().name(),
                        attempt.connection().account(),
                        attempt.connection().settings());
    }
}
