package dev.patchbay.iam.oidc;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.Locale;
import java.util.regex.Pattern;

/** Nobody was signed in, and why, in words that tell an attacker nothing that the right person needs. */
public final class SignInRefused extends Problem {

    /** As OAuth writes its errors (RFC 6749, 4.1.2.1); anything else is not for a log. */
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

    /** Why, as it is counted. */
    public enum Reason {
        /** No user of ours, or not by this invitation. */
        NOT_WELCOME,
        NOT_SET_UP,
        UNREACHABLE,
        /** What the issuer says of itself, or answers, is of no use. */
        ISSUER_UNUSABLE,
        ANOTHER_ISSUER,
        ANOTHER_BROWSER,
        /** Taken before, or begun too long ago. */
        OVER,
        DENIED,
        CODE_REFUSED,
        /** The issuer does not take our own id or secret. */
        CLIENT_REFUSED,
        TOKEN_REFUSED,
        ANOTHER_DOMAIN;

        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final String said;

    private SignInRefused(Reason reason, String sentence, String said) {
        super(ProblemType.SIGN_IN_REFUSED, sentence);
        this.reason = reason;
        this.said = said;
    }

    public static SignInRefused because(String sentence) {
        return because(Reason.NOT_WELCOME, sentence);
    }

    public static SignInRefused because(Reason reason, String sentence) {
        return new SignInRefused(reason, sentence, "");
    }

    /** @param error the issuer's, which anybody can have written into an address */
    public static SignInRefused because(Reason reason, String sentence, String error) {
        return new SignInRefused(reason, sentence, ERROR.matcher(error).matches() ? error : "");
    }

    public static SignInRefused unreachable(String how) {
        return new SignInRefused(
                Reason.UNREACHABLE, "The sign-in service cannot be reached now; try again in a moment.", how);
    }

    public Reason reason() {
        return reason;
    }

    /** For the log: the issuer's error, or how it could not be reached; no code, token or address. Empty for nothing. */
    public String said() {
        return said;
    }
}
