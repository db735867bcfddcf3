package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.AccountChooserPage;
import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** HighLevel's OAuth consent page, on which a person chooses the location that an app may use. HighLevel has no PKCE. */
final class HighLevelConsentPage {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);

    private final Store store;
    private final Clock clock;

    HighLevelConsentPage(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** {@code GET /oauth/chooselocation}: the page, or with {@code location} or {@code deny} the redirect to the app. */
    Response authorize(Request request) {
        String clientId = request.query("client_id").orElse("");
        ObjectNode client = store.find(Table.HIGHLEVEL_CLIENTS, clientId)
                .orElseThrow(() -> HighLevelErrors.oauthError(400, "invalid_client", "No such app."));
        String redirectUri = request.query("redirect_uri").orElse("");
        boolean registered = client.path("redirectUris")
                .valueStream()
                .anyMatch(uri -> uri.asString().equals(redirectUri));
        if (!registered || !request.query("response_type").orElse("").equals("code")) {
            throw HighLevelErrors.oauthError(
                    400, "invalid_request", "The redirect URI or the response type is invalid.");
        }
        if (request.query("deny").isPresent()) {
            return AccountChooserPage.redirectBack(request, "error", "access_denied");
        }
        return request.query("location")
                .map(location -> redirectWithCode(request, clientId, location))
                .orElseGet(() -> AccountChooserPage.render(request, "HighLevel", "location", choices(clientId)));
    }

    private List<AccountChooserPage.Choice> choices(String clientId) {
        return store.list(Table.HIGHLEVEL_LOCATIONS).stream()
                .filter(location -> Json.text(location, "clientId").equals(clientId))
                .map(location -> new AccountChooserPage.Choice(
                        Json.text(location, "id"), Json.text(location, "name"), Json.text(location, "id")))
                .toList();
    }

    private Response redirectWithCode(Request request, String clientId, String locationId) {
        if (choices(clientId).stream().noneMatch(choice -> choice.value().equals(locationId))) {
            throw HighLevelErrors.oauthError(400, "invalid_request", "There is no such location.");
        }
        String code = Ids.alphanumeric(40);
        store.put(
                Table.HIGHLEVEL_GRANTS,
                code,
                Json.object()
                        .put("locationId", locationId)
                        .put("clientId", clientId)
                        .put("used", false)
                        .put("scope", request.query("scope").orElse(""))
                        .put("redirectUri", request.query("redirect_uri").orElse(""))
                        .put("until", clock.instant().plus(CODE_LIFETIME).toString()));
        return AccountChooserPage.redirectBack(request, "code", code);
    }

    /**
     * Whether the grant of a code may be redeemed: in time, and with the redirect URI to which the code was sent. Refresh
     * tokens, and codes that an account was set up with, have neither limit.
     */
    boolean isRedeemable(ObjectNode grant, ObjectNode form) {
        return !grant.has("redirectUri")
                || (Json.text(grant, "redirectUri").equals(Json.text(form, "redirect_uri"))
                        && Instant.parse(Json.text(grant, "until")).isAfter(clock.instant()));
    }
}
