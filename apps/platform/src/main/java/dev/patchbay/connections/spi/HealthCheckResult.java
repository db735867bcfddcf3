package dev.patchbay.connections.spi;

import dev.patchbay.connections.http.HttpOutcome;

/** What a {@link Probe} found. */
public sealed interface HealthCheckResult {

    /** The provider let us in. */
    record Healthy() implements HealthCheckResult {}

    /** The provider refuses us: a person has to mend it, and the sentence says how. */
    record Rejected(String sentence) implements HealthCheckResult {}

    /** The provider could not be asked; that says nothing about the credentials. */
    record Unreachable(String sentence) implements HealthCheckResult {}

    /**
     * Reads an answer as every provider means it.
     *
     * @param title of the provider, for sentences
     * @param credential what a person enters again when it is refused, for example {@code the API key}
     */
    static HealthCheckResult of(HttpOutcome outcome, String title, String credential) {
        return switch (outcome) {
            case HttpOutcome.Responded responded -> of(responded.status(), title, credential);
            case HttpOutcome.NotSent notSent -> new Unreachable(title + " could not be asked: " + notSent.sentence());
            case HttpOutcome.Lost lost -> new Unreachable(title + " did not answer: " + lost.sentence());
        };
    }

    private static HealthCheckResult of(int status, String title, String credential) {
        if (status / 100 == 2) {
            return new Healthy();
        }
        if (status == 401 || status == 403) {
            return new Rejected(
                    "%s no longer accepts %s (it answered %d); enter it again.".formatted(title, credential, status));
        }
        return status / 100 == 4 && status != 408 && status != 429
                ? new Rejected("%s does not know this account (it answered %d); check the settings and %s."
                        .formatted(title, status, credential))
                : new Unreachable("%s answered %d.".formatted(title, status));
    }
}
