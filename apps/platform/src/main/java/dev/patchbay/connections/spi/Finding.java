package dev.patchbay.connections.spi;

import dev.patchbay.connections.http.HttpOutcome;

/** What a {@link Probe} found. */
public sealed interface Finding {

    /** The provider let us in. */
    record Well() implements Finding {}

    /** The provider refuses us: a person has to mend it, and the sentence says how. */
    record Refused(String sentence) implements Finding {}

    /** The provider could not be asked; that says nothing about the credentials. */
    record Away(String sentence) implements Finding {}

    /**
     * Reads an answer as every provider means it.
     *
     * @param title of the provider, for sentences
     * @param credential what a person enters again when it is refused, for example {@code the API key}
     */
    static Finding of(HttpOutcome outcome, String title, String credential) {
        return switch (outcome) {
            case HttpOutcome.Answered answered -> of(answered.status(), title, credential);
            case HttpOutcome.NotSent notSent -> new Away(title + " could not be asked: " + notSent.sentence());
            case HttpOutcome.Lost lost -> new Away(title + " did not answer: " + lost.sentence());
        };
    }

    private static Finding of(int status, String title, String credential) {
        if (status / 100 == 2) {
            return new Well();
        }
        if (status == 401 || status == 403) {
            return new Refused(
                    "%s no longer accepts %s (it answered %d); enter it again.".formatted(title, credential, status));
        }
        return status / 100 == 4 && status != 408 && status != 429
                ? new Refused("%s does not know this account (it answered %d); check the settings and %s."
                        .formatted(title, status, credential))
                : new Away("%s answered %d.".formatted(title, status));
    }
}
