package dev.patchbay.effects.spi;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.kernel.Redaction;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Turns an HTTP outcome into the result of a call or a look-up, in one way for all adapters, since the ledger's promise rests
 * on it. A 5xx does not mean "not done".
 *
 * @param provider as people call it, for example {@code HighLevel}
 * @param message extracts the provider's own message from the response of a refusal
 */
public record ProviderResponses(String provider, Function<JsonNode, String> message) {

    /**
     * The result of a request that changes something at the provider.
     *
     * @param what the object of the request, for example {@code the contact}
     * @param done reads a 2xx response; empty when it lacks what the adapter relies on, so that the outcome is unknown
     */
    public <T> PortResult<T> effectResult(
            HttpOutcome outcome, String what, Function<JsonNode, Optional<PortResult<T>>> done) {
        return switch (outcome) {
            case NotSent notSent -> unreachable(transportFailure(what, notSent.sentence()));
            case Lost lost -> new PortResult.Unknown<>(transportFailure(what, lost.sentence()));
            case Responded responded
            when responded.isSuccess() ->
                done.apply(responded.body()).orElseGet(() -> new PortResult.Unknown<>(unreadable(what)));
            case Responded responded
            when responded.status() >= 500 -> new PortResult.Unknown<>(statusSentence(responded, what));
            case Responded responded -> refusal(responded, what);
        };
    }

    /** The result of a request that changes nothing: it may be repeated when its response was lost. */
    public <T> PortResult<T> readResult(
            HttpOutcome outcome, String what, Function<JsonNode, Optional<PortResult<T>>> done) {
        PortResult<T> portResult = effectResult(outcome, what, done);
        return portResult instanceof PortResult.Unknown<T> unknown ? unreachable(unknown.sentence()) : portResult;
    }

    /** The result of a look-up. Only a clear response counts. */
    public <T> LookupResult<T> lookupResult(
            HttpOutcome outcome, String what, Function<JsonNode, Optional<LookupResult<T>>> found) {
        return switch (outcome) {
            case NotSent notSent ->
                new LookupResult.Unavailable<>(outcomeUnknown(transportFailure(what, notSent.sentence())));
            case Lost lost -> new LookupResult.Unavailable<>(outcomeUnknown(transportFailure(what, lost.sentence())));
            case Responded responded
            when responded.isSuccess() ->
                found.apply(responded.body())
                        .orElseGet(() -> new LookupResult.Unavailable<>(outcomeUnknown(unreadable(what))));
            case Responded responded when responded.status() == 401 -> new LookupResult.Unauthorized<>(unauthorized());
            case Responded responded -> new LookupResult.Unavailable<>(outcomeUnknown(statusSentence(responded, what)));
        };
    }

    private <T> PortResult<T> refusal(Responded responded, String what) {
        return switch (responded.status()) {
            case 401 -> new PortResult.Unauthorized<>(unauthorized());
            case 429 -> rateLimited(responded, what);
            default ->
                new PortResult.Rejected<>(
                        FailureReason.BAD_INPUT,
                        "%s refused %s: %s".formatted(provider, what, providerMessage(responded)));
        };
    }

    private <T> PortResult<T> rateLimited(Responded responded, String what) {
        return new PortResult.RetryLater<>(
                FailureReason.RATE_LIMITED,
                provider + " asks us to send fewer requests: it answered 429 when " + requestPhrase(what) + ".",
                responded.retryAfter());
    }

    private static <T> PortResult<T> unreachable(String sentence) {
        return new PortResult.RetryLater<>(FailureReason.PROVIDER_DOWN, sentence, Optional.empty());
    }

    private String unauthorized() {
        return provider + " did not accept the connection's credentials.";
    }

    private String unreadable(String what) {
        return "%s accepted %s, but its answer does not say what came of it.".formatted(provider, what);
    }

    private String statusSentence(Responded responded, String what) {
        return "%s answered %d when %s: %s"
                .formatted(provider, responded.status(), requestPhrase(what), providerMessage(responded));
    }

    private String transportFailure(String what, String sentence) {
        return "%s, %s: %s".formatted(provider, requestPhrase(what), sentence);
    }

    private static String requestPhrase(String what) {
        return what.startsWith("to ") ? "asked " + what : "asked for " + what;
    }

    private static String outcomeUnknown(String sentence) {
        return "A request went out, and whether it was carried out could not be found out. " + sentence;
    }

    private String providerMessage(Responded responded) {
        String words = Redaction.text(message.apply(responded.body()));
        return words.isBlank() ? "it gave no reason (status " + responded.status() + ")" : words;
    }
}
