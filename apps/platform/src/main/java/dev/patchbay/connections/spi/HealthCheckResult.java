package dev.patchbay.connections.spi;

import dev.patchbay.connections.http.HttpOutcome;

/** The result of a {@link Probe}. */
public sealed interface HealthCheckResult {

    /** The provider accepts the credentials. */
    record Healthy() implements HealthCheckResult {}

    /** The provider rejects the credentials or the account: a person has to mend it, and the sentence says how. */
    record Rejected(String sentence) implements HealthCheckResult {}

    /** The provider could not be asked, so the credentials may still be valid. */
    record Unreachable(String sentence) implements HealthCheckResult {}

    /**
     * Classifies a response by its status: 2xx is healthy; 401, 403 and other 4xx are rejections; 408, 429, 5xx and lost
     * responses mean that the provider could not be asked.
     *
     * @param title the provider's display name, for sentences
     * @param credential the secret that a person enters again after a rejection, for example {@code the API key}
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
