package dev.patchbay.flows.spi;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Answered;
import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
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
public record ProviderAnswers(String provider, Function<JsonNode, String> message) {

    /**
     * Reads the outcome of something that changes the provider's books.
     *
     * @param what what was asked for, for example {@code the contact}
     * @param done reads a 2xx answer; empty when what we rely on is not in it, which counts as lost
     */
    public <T> Answer<T> act(HttpOutcome outcome, String what, Function<JsonNode, Optional<Answer<T>>> done) {
        return switch (outcome) {
            case NotSent notSent -> unreachable(told(what, notSent.sentence()));
            case Lost lost -> new Answer.Lost<>(told(what, lost.sentence()));
            case Answered answered
            when answered.isSuccess() ->
                done.apply(answered.body()).orElseGet(() -> new Answer.Lost<>(unreadable(what)));
            case Answered answered when answered.status() >= 500 -> new Answer.Lost<>(failed(answered, what));
            case Answered answered -> declined(answered, what);
        };
    }

    /** Reads the outcome of something that changes nothing: whatever was lost may be asked again. */
    public <T> Answer<T> read(HttpOutcome outcome, String what, Function<JsonNode, Optional<Answer<T>>> done) {
        Answer<T> answer = act(outcome, what, done);
        return answer instanceof Answer.Lost<T> lost ? unreachable(lost.sentence()) : answer;
    }

    /** Reads the outcome of asking whether something was done; what is no clear answer is none. */
    public <T> LookUp<T> lookUp(HttpOutcome outcome, String what, Function<JsonNode, Optional<LookUp<T>>> found) {
        return switch (outcome) {
            case NotSent notSent -> new LookUp.Unavailable<>(unclear(told(what, notSent.sentence())));
            case Lost lost -> new LookUp.Unavailable<>(unclear(told(what, lost.sentence())));
            case Answered answered
            when answered.isSuccess() ->
                found.apply(answered.body()).orElseGet(() -> new LookUp.Unavailable<>(unclear(unreadable(what))));
            case Answered answered when answered.status() == 401 -> new LookUp.Unauthorized<>(unauthorized());
            case Answered answered -> new LookUp.Unavailable<>(unclear(failed(answered, what)));
        };
    }

    private <T> Answer<T> declined(Answered answered, String what) {
        return switch (answered.status()) {
            case 401 -> new Answer.Unauthorized<>(unauthorized());
            case 429 -> rateLimited(answered, what);
            default ->
                new Answer.Refused<>(Reason.BAD_INPUT, "%s refused %s: %s".formatted(provider, what, words(answered)));
        };
    }

    /** The provider asks us to slow down; nothing was done. */
    private <T> Answer<T> rateLimited(Answered answered, String what) {
        return new Answer.TryLater<>(
                Reason.RATE_LIMITED,
                provider + " asks us to send fewer requests: it answered 429 when " + asked(what) + ".",
                answered.retryAfter());
    }

    private static <T> Answer<T> unreachable(String sentence) {
        return new Answer.TryLater<>(Reason.PROVIDER_DOWN, sentence, Optional.empty());
    }

    private String unauthorized() {
        return provider + " did not accept the connection's credentials.";
    }

    private String unreadable(String what) {
        return "%s accepted %s, but its answer does not say what came of it.".formatted(provider, what);
    }

    private String failed(Answered answered, String what) {
        return "%s answered %d when %s: %s".formatted(provider, answered.status(), asked(what), words(answered));
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

    private String words(Answered answered) {
        String words = Redaction.text(message.apply(answered.body()));
        return words.isBlank() ? "it gave no reason (status " + answered.status() + ")" : words;
    }
}
