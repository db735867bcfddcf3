package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** HighLevel's page on which somebody chooses the location that an app is let into. There is no PKCE. */
final class HighLevelConsent {

    private static final Duration CODE_LIFE = Duration.ofMinutes(1);

    private final Books books;
    private final Clock clock;

    HighLevelConsent(Books books, Clock clock) {
        this.books = books;
        this.clock = clock;
    }

    /** {@code GET /oauth/chooselocation}: the page, and with {@code location} or {@code deny} the way back. */
    Answer choose(Request request) {
        String clientId = request.query("client_id").orElse("");
        ObjectNode client = books.find(Shelf.HIGHLEVEL_CLIENTS, clientId)
                .orElseThrow(() -> HighLevelTokens.refusal(400, "invalid_client", "No such app."));
        String redirect = request.query("redirect_uri").orElse("");
        boolean known = client.path("redirectUris")
                .valueStream()
                .anyMatch(one -> one.asString().equals(redirect));
        if (!known || !request.query("response_type").orElse("").equals("code")) {
            throw HighLevelTokens.refusal(400, "invalid_request", "The redirect URI or the response type is invalid.");
        }
        if (request.query("deny").isPresent()) {
            return Chooser.back(request, "error", "access_denied");
        }
        return request.query("location")
                .map(location -> back(request, clientId, location))
                .orElseGet(() -> Chooser.page(request, "HighLevel", "location", choices(clientId)));
    }

    private List<Chooser.Choice> choices(String clientId) {
        return books.all(Shelf.HIGHLEVEL_LOCATIONS).stream()
                .filter(location -> Json.text(location, "clientId").equals(clientId))
                .map(location -> new Chooser.Choice(
                        Json.text(location, "id"), Json.text(location, "name"), Json.text(location, "id")))
                .toList();
    }

    private Answer back(Request request, String clientId, String location) {
        if (choices(clientId).stream().noneMatch(choice -> choice.value().equals(location))) {
            throw HighLevelTokens.refusal(400, "invalid_request", "There is no such location.");
        }
        String code = Ids.alphanumeric(40);
        books.put(
                Shelf.HIGHLEVEL_GRANTS,
                code,
                Json.object()
                        .put("locationId", location)
                        .put("clientId", clientId)
                        .put("used", false)
                        .put("scope", request.query("scope").orElse(""))
                        .put("redirectUri", request.query("redirect_uri").orElse(""))
                        .put("until", clock.instant().plus(CODE_LIFE).toString()));
        return Chooser.back(request, "code", code);
    }

    /** Whether a code comes back in time and to where it was sent; one that was set up by hand always does. */
    boolean fits(ObjectNode grant, ObjectNode form) {
        boolean sent = grant.has("redirectUri");
        return !sent
                || (Json.text(grant, "redirectUri").equals(Json.text(form, "redirect_uri"))
                        && Instant.parse(Json.text(grant, "until")).isAfter(clock.instant()));
    }
}
