package dev.patchbay.integrations.twilio;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.ProviderResponses;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** Sends requests with the account's SID and auth token (Twilio, "REST API: Requests to Twilio"). */
record TwilioClient(OutgoingHttp http) {

    static final ProviderResponses RESPONSES = new ProviderResponses("Twilio", TwilioClient::errorMessage);

    HttpOutcome send(CallContext callContext, HttpCall call) {
        String credentials =
                accountSid(callContext) + ":" + callContext.account().secret("auth_token");
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return http.send(
                call.withHeader("Authorization", "Basic " + basic), callContext.window(), callContext.journal());
    }

    static String accountSid(CallContext callContext) {
        return callContext.account().settings().path("accountSid").asString("");
    }

    /** With the error code, which Twilio's "Error and Warning Dictionary" explains. */
    private static String errorMessage(JsonNode body) {
        String message = body.path("message").asString("");
        return body.has("code") ? message + " (error " + body.path("code").asString() + ")" : message;
    }
}
