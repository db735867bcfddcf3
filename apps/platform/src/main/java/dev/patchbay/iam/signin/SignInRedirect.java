package dev.patchbay.iam.signin;

import java.net.URI;

/**
 * The start of a sign-in.
 *
 * @param location the issuer's page
 * @param browserSecret kept by the browser until it comes back
 */
public record SignInRedirect(URI location, String browserSecret) {

    @Override
    public String toString() {
        return "SignInRedirect";
    }
}
