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
 * What an HTTP outcome means for an act, a read or a look-up: one reading for all adapters, since the ledger's promise
 * rests on it. A 5xx is not "not done".
 *
 * @param provider as people call it, for example {@code HighLevel}
 * @param message finds the provider's own words in an answer it refuses with
 */
public record ProviderResponses(String provider, Function<JsonNode, String> message) {

    /**
     * Reads the outcome of something that changes the provider's books.
     *
     * @param what what was asked for, for example {@code the contact}
     * @param done reads a 2xx answer; empty when what we rely on is not in it, which counts as lost
     */
    public <T> PortResult<T> act(HttpOutcome outcome, String what, Function<JsonNode, Optional<PortResult<T>>> done) {
        return switch (outcome) {
            case NotSent notSent -> unreachable(told(what, notSent.sentence()));
            case Lost lost -> new PortResult.Unknown<>(told(what, lost.sentence()));
            case Responded responded
            when responded.isSuccess() ->
                done.apply(responded.body()).orElseGet(() -> new PortResult.Unknown<>(unreadable(what)));
            case Responded responded
            when responded.status() >= 500 -> new PortResult.Unknown<>(failed(responded, what));
            case Responded responded -> declined(responded, what);
        };
    }

    /** Reads the outcome of something that changes nothing: whatever was lost may be asked again. */
    public <T> PortResult<T> read(HttpOutcome outcome, String what, Function<JsonNode, Optional<PortResult<T>>> done) {
        PortResult<T> portResult = act(outcome, what, done);
        return portResult instanceof PortResult.Unknown<T> unknown ? unreachable(unknown.sentence()) : portResult;
    }

    /** Reads the outcome of asking whether something was done; what is no clear answer is none. */
    public <T> LookupResult<T> lookUp(
            HttpOutcome outcome, String what, Function<JsonNode, Optional<LookupResult<T>>> found) {
        return switch (outcome) {
            case NotSent notSent -> new LookupResult.Unavailable<>(unclear(told(what, notSent.sentence())));
            case Lost lost -> new LookupResult.Unavailable<>(unclear(told(what, lost.sentence())));
            case Responded responded
            when responded.isSuccess() ->
                found.apply(responded.body())
                        .orElseGet(() -> new LookupResult.Unavailable<>(unclear(unreadable(what))));
            case Responded responded when responded.status() == 401 -> new LookupResult.Unauthorized<>(unauthorized());
            case Responded responded -> new LookupResult.Unavailable<>(unclear(failed(responded, what)));
        };
    }

    private <T> PortResult<T> declined(Responded responded, String what) {
        return switch (responded.status()) {
            case 401 -> new PortResult.Unauthorized<>(unauthorized());
            case 429 -> rateLimited(responded, what);
            default ->
                new PortResult.Rejected<>(
                        FailureReason.BAD_INPUT, "%s refused %s: %s".formatted(provider, what, words(responded)));
        };
    }

    /** The provider asks us to slow down; nothing was done. */
    private <T> PortResult<T> rateLimited(Responded responded, String what) {
        return new PortResult.RetryLater<>(
                FailureReason.RATE_LIMITED,
                provider + " asks us to send fewer requests: it answered 429 when " + asked(what) + ".",
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

    private String failed(Responded responded, String what) {
        return "%s answered %d when %s: %s".formatted(provider, responded.status(), asked(what), words(responded));
    }

    /** What the transport says, with whom it was asked and for what. */
    private String told(String what, String sentence) {
        return "%s, %s: %s".formatted(provider, asked(what), sentence);
    }

    private static String asked(String what) {
        return what.startsWith("to ") ? "asked " + what : "asked for " + what;
    }

    private static String unclear(String sentence) {
        return "A request went out, and whether it was carried out could not be found out. " + sentence;
    }

    private String words(Responded responded) {
        String words = Redaction.redact(message.apply(responded.body()));
        return words.isBlank() ? "it gave no reason (status " + responded.status() + ")" : words;
    }
}
