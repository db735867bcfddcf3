package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Google's page on which somebody lets an app into their calendars: codes work once, with PKCE. */
final class GoogleConsent {

    private static final Duration CODE_LIFE = Duration.ofMinutes(1);

    private final Books books;
    private final Clock clock;

    GoogleConsent(Books books, Clock clock) {
        this.books = books;
        this.clock = clock;
    }

    /** {@code GET /o/oauth2/v2/auth}: the page, and with {@code account} or {@code deny} the way back. */
    Answer authorize(Request request) {
        ObjectNode client = books.find(Shelf.GOOGLE_CLIENTS, asked(request, "client_id"))
                .orElseThrow(() -> wrong("The OAuth client was not found."));
        String redirect = asked(request, "redirect_uri");
        if (client.path("redirectUris")
                .valueStream()
                .noneMatch(known -> known.asString().equals(redirect))) {
            throw wrong("redirect_uri_mismatch");
        }
        if (!asked(request, "response_type").equals("code")
                || !asked(request, "code_challenge_method").equals("S256")) {
            throw wrong("Only the code flow with S256 is offered.");
        }
        if (request.query("deny").isPresent()) {
            return Chooser.back(request, "error", "access_denied");
        }
        return request.query("account")
                .map(account -> back(request, account))
                .orElseGet(() -> Chooser.page(request, "Google", "account", choices(Json.text(client, "clientId"))));
    }

    private List<Chooser.Choice> choices(String clientId) {
        return books.all(Shelf.GOOGLE_ACCOUNTS).stream()
                .filter(account -> Json.text(account, "clientId").equals(clientId))
                .map(account -> Json.text(account, "email"))
                .distinct()
                .map(email -> new Chooser.Choice(email, email, "Calendars"))
                .toList();
    }

    private Answer back(Request request, String email) {
        String clientId = asked(request, "client_id");
        if (choices(clientId).stream().noneMatch(choice -> choice.value().equals(email))) {
            throw wrong("There is no such account.");
        }
        String code = "4/" + Ids.alphanumeric(40);
        books.put(
                Shelf.GOOGLE_CODES,
                code,
                Json.object()
                        .put("clientId", clientId)
                        .put("redirectUri", asked(request, "redirect_uri"))
                        .put("challenge", asked(request, "code_challenge"))
                        .put("scope", asked(request, "scope"))
                        .put("offline", asked(request, "access_type").equals("offline"))
                        .put("email", email)
                        .put("until", clock.instant().plus(CODE_LIFE).toString()));
        return Chooser.back(request, "code", code);
    }

    /** What the code was given for; it is used up, whoever shows it and whatever else is wrong. */
    ObjectNode spend(String clientId, ObjectNode form) {
        String code = Json.text(form, "code");
        var grant = books.find(Shelf.GOOGLE_CODES, code);
        books.remove(Shelf.GOOGLE_CODES, code);
        return grant.filter(one -> Json.text(one, "clientId").equals(clientId))
                .filter(one -> Instant.parse(Json.text(one, "until")).isAfter(clock.instant()))
                .filter(one -> Json.text(one, "redirectUri").equals(Json.text(form, "redirect_uri")))
                .filter(one ->
                        Json.text(one, "challenge").equals(GoogleSignIn.challenge(Json.text(form, "code_verifier"))))
                .orElseThrow(() -> GoogleTokens.refusal(400, "invalid_grant", "Bad Request"));
    }

    private static String asked(Request request, String name) {
        return request.query(name).orElse("");
    }

    private static Refusal wrong(String sentence) {
        return GoogleTokens.refusal(400, "invalid_request", sentence);
    }
}
