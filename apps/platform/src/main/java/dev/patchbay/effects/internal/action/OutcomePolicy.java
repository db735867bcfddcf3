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

/** What follows from what an adapter said. */
record OutcomePolicy(Connections connections, PortContracts contracts, NodeSettings timings) {

    static final Duration SOON = Duration.ofSeconds(1);
    static final Outcome.Failed TOO_LATE =
            new Outcome.Failed(FailureReason.PROVIDER_DOWN, "There was no time left to do it.");

    private static final RandomGenerator JITTER = RandomGenerator.getDefault();
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    Outcome finish(Attempt attempt, JsonNode value) {
        return contracts
                .outputObjection(attempt.acting().function().name(), value)
                .<Outcome>map(objection -> new Outcome.Failed(FailureReason.BUG, objection))
                .orElseGet(() -> new Outcome.Succeeded(value));
    }

    /** @param asked what the provider asked us to wait, where it did */
    Outcome again(int number, FailureReason failureReason, String sentence, Optional<Duration> asked) {
        long grown = timings.retryDelay().toMillis() << Math.min(number - 1, 6);
        long jitter = JITTER.nextLong(grown / 4 + 1);
        var wait = asked.orElse(Duration.ofMillis(grown + jitter));
        return new Outcome.Retry(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait, failureReason, sentence);
    }

    /** Nobody knows whether it was done: look it up, ask a person, or fail, as the flow says. */
    Outcome lost(Attempt attempt, String sentence) {
        return switch (attempt.acting().onUnknown()) {
            case LOOKUP -> again(attempt.number(), FailureReason.UNKNOWN_OUTCOME, sentence, Optional.of(SOON));
            case ASK -> new Outcome.NeedsPerson(sentence);
            case FAIL -> new Outcome.Failed(FailureReason.UNKNOWN_OUTCOME, sentence);
        };
    }

    /** A token may have been revoked early: renew it once; when the new one is not accepted either, a person must connect again. */
    Outcome renew(Attempt attempt, String sentence) {
        var account = attempt.bound().account();
        var tenant = attempt.acting().key().tenant();
        if (attempt.renewed()) {
            String refused =
                    sentence + " The token of the connection " + account.connectionId() + " had just been renewed.";
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
            return again(
                    attempt.number(),
                    FailureReason.PROVIDER_DOWN,
                    String.valueOf(unavailable.getMessage()),
                    Optional.empty());
        }
    }

    /** How long a request that was sent may take to be carried out, by what the adapter states of the function. */
    Duration settle(Attempt attempt) {
        var stated =
                attempt.adapter().idempotency().get(attempt.acting().function().name());
        return switch (Objects.requireNonNull(stated).settle()) {
            case NONE -> Duration.ZERO;
            case USUAL -> timings.settle();
            case CARRIER -> timings.smsSettle();
        };
    }
}
