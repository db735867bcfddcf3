package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.AccountChooserPage;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Google's OAuth consent page, on which the owner of an account lets an app use its calendars. */
final class GoogleConsentPage {

    private final Store store;
    private final GoogleAuthorizationCodes codes;

    GoogleConsentPage(Store store, GoogleAuthorizationCodes codes) {
        this.store = store;
        this.codes = codes;
    }

    /** {@code GET /o/oauth2/v2/auth}: the page, or with {@code account} or {@code deny} the redirect to the app. */
    Response authorize(Request request) {
        String clientId = request.query("client_id").orElse("");
        ObjectNode client = store.find(Table.GOOGLE_CLIENTS, clientId)
                .orElseThrow(() -> GoogleErrors.invalidRequest("The OAuth client was not found."));
        GoogleAuthorizationCodes.requireValid(request, client);
        if (request.query("deny").isPresent()) {
            return AccountChooserPage.redirectBack(request, "error", "access_denied");
        }
        return request.query("account")
                .map(email -> redirectWithCode(request, clientId, email))
                .orElseGet(() -> AccountChooserPage.render(request, "Google", "account", choices(clientId)));
    }

    private List<AccountChooserPage.Choice> choices(String clientId) {
        return store.list(Table.GOOGLE_ACCOUNTS).stream()
                .filter(account -> Json.text(account, "clientId").equals(clientId))
                .map(account -> Json.text(account, "email"))
                .distinct()
                .map(email -> new AccountChooserPage.Choice(email, email, "Calendars"))
                .toList();
    }

    private Response redirectWithCode(Request request, String clientId, String email) {
        if (choices(clientId).stream().noneMatch(choice -> choice.value().equals(email))) {
            throw GoogleErrors.invalidRequest("There is no such account.");
        }
        ObjectNode grant = Json.object()
                .put("scope", request.query("scope").orElse(""))
                .put("offline", request.query("access_type").orElse("").equals("offline"))
                .put("email", email);
        return AccountChooserPage.redirectBack(request, "code", codes.issue(request, grant));
    }
}
