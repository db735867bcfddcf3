package dev.patchbay.iam.signin;

/**
 * The parameters with which the issuer sends the browser back (RFC 6749, 4.1.2); empty texts for absent ones.
 *
 * @param issuer {@code iss} (RFC 9207)
 */
public record AuthorizationResponse(String state, String code, String error, String issuer) {

    @Override
    public String toString() {
        return "AuthorizationResponse";
    }
}
