package dev.patchbay.iam.oidc;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.Locale;
import java.util.regex.Pattern;

/** A refused sign-in. Its sentence tells the user what to do, and helps no attacker. */
public final class SignInRefused extends Problem {

    /** The form of OAuth's error codes (RFC 6749, 4.1.2.1); other text is not logged. */
    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");

    /** The reason, as it is counted and logged. */
    public enum Reason {
        /** No user has this account, the user is suspended, or the invitation does not fit. */
        USER_NOT_ALLOWED,
        /** No issuer is configured. */
        NOT_CONFIGURED,
        ISSUER_UNREACHABLE,
        /** The issuer's metadata, keys or answers are invalid. */
        ISSUER_INVALID,
        /** The authorization response came from another issuer. */
        ISSUER_MISMATCH,
        /** The callback came to another browser than the one that began. */
        STATE_MISMATCH,
        /** The sign-in was finished before, or began too long ago. */
        EXPIRED,
        /** The issuer, or the person there, declined. */
        ACCESS_DENIED,
        /** The issuer refused the code. */
        INVALID_GRANT,
        /** The issuer refused our client id or secret. */
        INVALID_CLIENT,
        INVALID_ID_TOKEN,
        DOMAIN_NOT_ALLOWED;

        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final String logDetail;

    private SignInRefused(Reason reason, String sentence, String logDetail) {
        super(ProblemType.SIGN_IN_REFUSED, sentence);
        this.reason = reason;
        this.logDetail = logDetail;
    }

    /** For {@link Reason#USER_NOT_ALLOWED}. */
    public static SignInRefused because(String sentence) {
        return because(Reason.USER_NOT_ALLOWED, sentence);
    }

    public static SignInRefused because(Reason reason, String sentence) {
        return new SignInRefused(reason, sentence, "");
    }

    /** @param error the issuer's error code; anybody can put any text into that parameter */
    public static SignInRefused because(Reason reason, String sentence, String error) {
        return new SignInRefused(reason, sentence, ERROR_CODE.matcher(error).matches() ? error : "");
    }

    /** @param cause how the request failed; holds no secret */
    public static SignInRefused unreachable(String cause) {
        return new SignInRefused(
                Reason.ISSUER_UNREACHABLE, "The sign-in service cannot be reached now; try again in a moment.", cause);
    }

    public Reason reason() {
        return reason;
    }

    /** The issuer's error code, or how it could not be reached; empty text for neither. Holds no code, token or address. */
    public String logDetail() {
        return logDetail;
    }
}
