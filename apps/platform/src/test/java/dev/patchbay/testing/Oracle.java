package dev.patchbay.testing;

import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import java.util.function.Function;

/** The assertions of fuzz tests about verifiers. */
public final class Oracle {

    private Oracle() {}

    public static void verdict(Function<HostileRequest, Verdict> verifier, HostileRequest request, boolean valid) {
        Verdict verdict = verifier.apply(request);
        demand((verdict != Verdict.INVALID) == valid, verdict + " where valid is " + valid + ": " + request);
    }

    public static void demand(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
