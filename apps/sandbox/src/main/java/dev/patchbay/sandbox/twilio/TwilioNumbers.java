package dev.patchbay.sandbox.twilio;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Which numbers Twilio sends to, and its Lookup API version 2 ("Lookup v2 API", "Error 21211"). */
final class TwilioNumbers {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern NORTH_AMERICAN = Pattern.compile("\\+1[2-9]\\d{2}[2-9]\\d{6}");

    /**
     * Numbers that Twilio shows for a caller without one: anonymous, restricted, blocked, unknown and unavailable, typed on
     * keys.
     */
    private static final Set<String> HIDDEN =
            Set.of("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253");

    private final TwilioAccounts accounts;

    TwilioNumbers(TwilioAccounts accounts) {
        this.accounts = accounts;
    }

    static boolean isPossible(String number) {
        return E164.matcher(number).matches()
                && !HIDDEN.contains(number)
                && (!number.startsWith("+1") || NORTH_AMERICAN.matcher(number).matches());
    }

    /** Numbers that end in 99 are landlines, so that a test can choose. */
    Response lookUp(Request request) {
        accounts.authenticateAny(request);
        String number = request.pathParameter("number");
        boolean valid = isPossible(number);
        ObjectNode body = Json.object()
                .put("phone_number", number)
                .put("national_format", valid ? number.replaceFirst("^\\+\\d", "") : null)
                .put("country_code", valid ? countryOf(number) : null)
                .put("valid", valid)
                .put("url", "https://lookups.twilio.com/v2/PhoneNumbers/" + number);
        body.set(
                "validation_errors",
                valid
                        ? Json.MAPPER.createArrayNode()
                        : Json.MAPPER.createArrayNode().add("INVALID_LENGTH"));
        body.putNull("line_type_intelligence");
        if (valid && request.query("Fields").orElse("").contains("line_type_intelligence")) {
            body.set(
                    "line_type_intelligence",
                    Json.object()
                            .put("type", number.endsWith("99") ? "landline" : "mobile")
                            .putNull("error_code"));
        }
        return Response.ok(body);
    }

    private static String countryOf(String number) {
        return number.startsWith("+49") ? "DE" : "US";
    }
}
