package dev.patchbay.iam.internal.signin;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;

/** Nobody was signed in, and why, in words that tell an attacker nothing that the right person needs. */
final class Refused {

    private Refused() {}

    static Problem because(String sentence) {
        return new Problem(ProblemType.SIGN_IN_REFUSED, sentence);
    }
}
