package dev.patchbay.testing;

import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import java.security.GeneralSecurityException;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What fuzz tests hold a verifier to. */
public final class Oracle {

    private Oracle() {}

    /** An authentication code, computed beside the verifiers and not by them. */
    public static byte[] mac(String algorithm, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    public static void verdict(Function<HostileRequest, Verdict> verifier, HostileRequest request, boolean genuine) {
        Verdict verdict = verifier.apply(request);
        demand((verdict != Verdict.INVALID) == genuine, verdict + " where genuine is " + genuine + ": " + request);
    }

    public static void demand(boolean kept, String broken) {
        if (!kept) {
            throw new AssertionError(broken);
        }
    }
}
