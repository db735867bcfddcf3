package dev.patchbay.iam.oidc;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whom the issuer has vouched for: issuer and subject say who it is, nothing else does. */
public final class VerifiedIdentity {

    private final String issuer;
    private final String subject;
    private final Supplier<String> told;
    private @Nullable String email;

    /** @param told the address, asked for when it is wanted: who is known by issuer and subject may need none */
    public VerifiedIdentity(String issuer, String subject, Supplier<String> told) {
        this.issuer = issuer;
        this.subject = subject;
        this.told = told;
    }

    public String issuer() {
        return issuer;
    }

    public String subject() {
        return subject;
    }

    /** Verified by the issuer, in lower case; empty when it is not, or not ASCII. Asked for once. */
    public String email() {
        String known = email;
        if (known == null) {
            known = AsciiText.toLowerCase(told.get());
            email = known;
        }
        return known;
    }

    /** With the address known, so that nobody asks for it within a transaction. */
    public VerifiedIdentity withResolvedEmail() {
        email();
        return this;
    }

    /** An address of a person is in no log. */
    @Override
    public String toString() {
        return "Person[" + issuer + "]";
    }
}
