package dev.patchbay.sandbox.twilio;

import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.VendorError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** Twilio's accounts and their phone numbers. */
public final class TwilioAccounts {

    private final Store store;

    public TwilioAccounts(Store store) {
        this.store = store;
    }

    /** @param account {@code {accountSid, authToken, numbers: [E.164], smsUrl, voiceStatusUrl}} */
    void put(ObjectNode account) {
        store.put(Table.TWILIO_ACCOUNTS, Json.text(account, "accountSid"), account);
    }

    /** Returns the account that the path names, if the request's basic authentication is the account's. */
    ObjectNode authenticate(Request request) {
        return store.find(Table.TWILIO_ACCOUNTS, request.pathParameter("account"))
                .filter(account -> request.header("Authorization").equals(basicAuthorization(account)))
                .orElseThrow(() -> new VendorError(TwilioErrors.response(401, "Authenticate")));
    }

    /** For addresses that do not name the account. */
    void authenticateAny(Request request) {
        if (store.list(Table.TWILIO_ACCOUNTS).stream()
                .noneMatch(account -> request.header("Authorization").equals(basicAuthorization(account)))) {
            throw new VendorError(TwilioErrors.response(401, "Authenticate"));
        }
    }

    private static String basicAuthorization(ObjectNode account) {
        String pair = Json.text(account, "accountSid") + ":" + Json.text(account, "authToken");
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Finds the account of a number for the control API. */
    ObjectNode requireOwner(String number) {
        return store.list(Table.TWILIO_ACCOUNTS).stream()
                .filter(account -> hasNumber(account, number))
                .findFirst()
                .orElseThrow(
                        () -> new ControlError(400, "unknown_number", "No Twilio account has the number " + number));
    }

    static boolean hasNumber(ObjectNode account, String number) {
        return account.path("numbers")
                .valueStream()
                .anyMatch(candidate -> candidate.asString().equals(number));
    }

    Response listNumbers(Request request) {
        ObjectNode body = Json.object();
        body.set(
                "incoming_phone_numbers",
                Json.array(authenticate(request)
                        .path("numbers")
                        .valueStream()
                        .limit(request.queryInt("PageSize", 50))
                        .map(number -> Json.object()
                                .put("phone_number", number.asString())
                                .put("friendly_name", number.asString()))
                        .toList()));
        return Response.ok(body);
    }
}
