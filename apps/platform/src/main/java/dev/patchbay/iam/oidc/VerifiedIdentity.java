package dev.patchbay.iam.oidc;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An account that the issuer has authenticated. Issuer and subject identify it; the e-mail address does not. */
public final class VerifiedIdentity {

    private final String issuer;
    private final String subject;
    private final Supplier<String> emailSource;
    private @Nullable String email;

    /** @param emailSource called when the address is first needed; a known user's is never needed */
    public VerifiedIdentity(String issuer, String subject, Supplier<String> emailSource) {
        this.issuer = issuer;
        this.subject = subject;
        this.emailSource = emailSource;
    }

    public String issuer() {
        return issuer;
    }

    public String subject() {
        return subject;
    }

    /** In lower case; empty when the issuer has not verified it or it is not ASCII. The first call may ask the issuer. */
    public String email() {
        String resolved = email;
        if (resolved == null) {
            resolved = AsciiText.toLowerCase(emailSource.get());
            email = resolved;
        }
        return resolved;
    }

    /** Whether the account has that address, verified by the issuer. */
    public boolean hasEmail(String address) {
        return !email().isEmpty() && AsciiText.equalsIgnoreCase(email(), address);
    }

    /** Resolves the address now, so that no request goes out within a transaction. */
    public VerifiedIdentity withResolvedEmail() {
        email();
        return this;
    }

    /** Addresses of people are in no log. */
    @Override
    public String toString() {
        return "VerifiedIdentity[" + issuer + "]";
    }
}
