package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.effects.NodeSettings;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.spi.FailureReason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Decides whether a provider's answer to an action means success, a retry, a person's decision or failure. */
record OutcomePolicy(Connections connections, PortContracts contracts, NodeSettings settings) {

    static final Duration SHORT_DELAY = Duration.ofSeconds(1);
    static final Outcome.Failed TOO_LATE =
            new Outcome.Failed(FailureReason.TOO_LATE, "There was no time left to do it.");

    private static final RandomGenerator JITTER = RandomGenerator.getDefault();
    private static final Duration MAX_DELAY = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 6;

    /** Returns success, unless the adapter breaks its contract. */
    Outcome succeed(Attempt attempt, JsonNode value) {
        return contracts
                .adapterOutputViolation(attempt.request().function().name(), value)
                .<Outcome>map(violation -> new Outcome.Failed(FailureReason.BUG, violation))
                .orElseGet(() -> new Outcome.Succeeded(value));
    }

    /**
     * Returns a retry with exponential back-off and jitter.
     *
     * @param requested the delay that the provider asked for
     */
    Outcome retry(int number, FailureReason reason, String sentence, Optional<Duration> requested) {
        long backoff = settings.retryDelay().toMillis() << Math.min(number - 1, MAX_DOUBLINGS);
        long jitter = JITTER.nextLong(backoff / 4 + 1);
        var delay = requested.orElse(Duration.ofMillis(backoff + jitter));
        return new Outcome.Retry(delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay, reason, sentence);
    }

    /** Looks an unknown outcome up, leaves it to a person, or fails, as the flow says. */
    Outcome unknownOutcome(Attempt attempt, String sentence) {
        return switch (attempt.request().onUnknown()) {
            case LOOKUP -> retry(attempt.number(), FailureReason.UNKNOWN_OUTCOME, sentence, Optional.of(SHORT_DELAY));
            case ASK -> new Outcome.NeedsPerson(sentence);
            case FAIL -> new Outcome.Failed(FailureReason.UNKNOWN_OUTCOME, sentence);
        };
    }

    /** Refreshes a rejected token once, since it may have been revoked early. A rejected new token needs a person. */
    Outcome refreshToken(Attempt attempt, String sentence) {
        var account = attempt.connection().account();
        var tenant = attempt.request().key().tenant();
        if (attempt.tokenRefreshed()) {
            String refused = sentence + " The account's token had just been renewed.";
            connections.markUnhealthy(tenant, account.connectionId(), refused);
            return new Outcome.Failed(FailureReason.AUTH_EXPIRED, refused);
        }
        String rejected = account.secrets().getOrDefault("access_token", "");
        try {
            connections.refreshToken(tenant, account.connectionId(), rejected);
            return new Outcome.Retry(Duration.ZERO, FailureReason.AUTH_EXPIRED, sentence);
        } catch (ReconnectRequired unusable) {
            return new Outcome.Failed(FailureReason.AUTH_EXPIRED, String.valueOf(unusable.getMessage()));
        } catch (ProviderUnreachable unavailable) {
            return retry(
                    attempt.number(),
                    FailureReason.PROVIDER_DOWN,
                    String.valueOf(unavailable.getMessage()),
                    Optional.empty());
        }
    }

    /** Returns how long after its window a request may still be carried out, as the adapter states for the function. */
    Duration settleTime(Attempt attempt) {
        var idempotency =
                attempt.adapter().idempotency().get(attempt.request().function().name());
        return switch (Objects.requireNonNull(idempotency).settle()) {
            case NONE -> Duration.ZERO;
            case USUAL -> settings.settle();
            case CARRIER -> settings.smsSettle();
        };
    }
}
