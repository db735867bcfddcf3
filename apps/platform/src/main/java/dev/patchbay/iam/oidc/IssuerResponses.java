package dev.patchbay.iam.oidc;

import dev.patchbay.iam.oidc.SignInRefused.Reason;
import dev.patchbay.iam.spi.IssuerTransport;
import tools.jackson.databind.JsonNode;

/** Reads what the issuer answers. */
final class IssuerResponses {

    private IssuerResponses() {}

    /** @throws SignInRefused unless it is a 200 with a JSON object */
    static JsonNode requireObject(IssuerTransport.Response response) {
        if (response.status() != 200 || !response.body().isObject()) {
            throw invalid("The sign-in service answered " + response.status() + "; try again in a moment.");
        }
        return response.body();
    }

    static SignInRefused invalid(String sentence) {
        return SignInRefused.because(Reason.ISSUER_INVALID, sentence);
    }
}
