package dev.patchbay.iam.internal.signin;

/**
 * Whom the issuer has vouched for.
 *
 * @param issuer and {@code subject}: who it is; nothing else is
 * @param email verified by the issuer; empty when it is not
 */
record Person(String issuer, String subject, String email) {

    /** An address of a person is in no log. */
    @Override
    public String toString() {
        return "Person[" + issuer + "]";
    }
}
