package dev.patchbay.iam.tokens;

/** @param secret the bearer token, shown only once: {@code pbt_} and 43 characters of base64url */
public record IssuedToken(ServiceToken token, String secret) {

    @Override
    public String toString() {
        return "IssuedToken[" + token.id() + "]";
    }
}
