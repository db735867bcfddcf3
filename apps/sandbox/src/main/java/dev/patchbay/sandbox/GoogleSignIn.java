package dev.patchbay.sandbox;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** "Sign in with Google" (OpenID Connect): a page to choose who one is, codes that work once, with PKCE, and signed ID tokens. */
final class GoogleSignIn {

    private static final Duration CODE_LIFE = Duration.ofMinutes(1);
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final Books books;
    private final Clock clock;
    private final GoogleKeys keys;

    GoogleSignIn(Books books, Clock clock) {
        this.books = books;
        this.clock = clock;
        this.keys = new GoogleKeys(books);
    }

    List<Route> routes() {
        return List.of(
                Route.of("openid.configuration", "GET", "/.well-known/openid-configuration", this::configuration),
                Route.of("openid.auth", "GET", "/openid/auth", this::authorize),
                Route.of("openid.token", "POST", "/openid/token", this::token),
                Route.of("openid.certs", "GET", "/openid/certs", request -> Answer.ok(keys.published())));
    }

    /**
     * {@code {clientId, clientSecret, redirectUris, people: [{email, name, sub, hd, emailVerified}]}}; without a client only the
     * people.
     */
    void putAccount(ObjectNode account) {
        Json.find(account, "clientId").ifPresent(id -> books.put(Shelf.GOOGLE_SIGN_INS, id, account));
        for (JsonNode person : account.path("people")) {
            ObjectNode known = ((ObjectNode) person).deepCopy();
            String email = Json.text(known, "email");
            known.put("sub", Json.find(known, "sub").orElseGet(() -> number(email)));
            books.put(Shelf.GOOGLE_PEOPLE, email, known);
        }
    }

    /** As Google's: 21 digits that stay. */
    private static String number(String email) {
        return "1" + new BigInteger(1, sha256(email)).toString().substring(0, 20);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static String issuer(Request request) {
        return "http://" + request.header("Host") + "/google";
    }

    private Answer configuration(Request request) {
        String issuer = issuer(request);
        ObjectNode document = Json.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", issuer + "/openid/auth")
                .put("token_endpoint", issuer + "/openid/token")
                .put("jwks_uri", issuer + "/openid/certs");
        document.putArray("response_types_supported").add("code");
        document.putArray("subject_types_supported").add("public");
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        document.putArray("code_challenge_methods_supported").add("S256");
        document.putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_post")
                .add("client_secret_basic");
        return Answer.ok(document);
    }

    /** Without an {@code account} the page to choose one; with it the way back to the application. */
    private Answer authorize(Request request) {
        ObjectNode client = books.find(Shelf.GOOGLE_SIGN_INS, asked(request, "client_id"))
                .orElseThrow(() -> wrong("There is no such client."));
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
                .map(account -> back(request, redirect, account))
                .orElseGet(() -> Chooser.page(
                        request,
                        "Google",
                        "account",
                        books.all(Shelf.GOOGLE_PEOPLE).stream()
                                .map(person -> new Chooser.Choice(
                                        Json.text(person, "email"),
                                        Json.text(person, "name"),
                                        Json.text(person, "email")))
                                .toList()));
    }

    private Answer back(Request request, String redirect, String account) {
        ObjectNode person =
                books.find(Shelf.GOOGLE_PEOPLE, account).orElseThrow(() -> wrong("There is no such account."));
        String code = "4/" + Ids.alphanumeric(40);
        ObjectNode grant = Json.object()
                .put("clientId", asked(request, "client_id"))
                .put("redirectUri", redirect)
                .put("challenge", asked(request, "code_challenge"))
                .put("nonce", asked(request, "nonce"))
                .put("email", Json.text(person, "email"))
                .put("until", clock.instant().plus(CODE_LIFE).toString());
        books.put(Shelf.GOOGLE_CODES, code, grant);
        return Chooser.back(request, "code", code);
    }

    private static String asked(Request request, String name) {
        return request.query(name).orElse("");
    }

    private static Refusal wrong(String sentence) {
        return refusal(400, "invalid_request", sentence);
    }

    private Answer token(Request request) {
        ObjectNode form = request.fields();
        String clientId = authenticated(request, form);
        String code = Json.text(form, "code");
        // Whoever shows it, and whatever else is wrong: it was used.
        Optional<ObjectNode> grant = books.find(Shelf.GOOGLE_CODES, code);
        books.remove(Shelf.GOOGLE_CODES, code);
        ObjectNode good = grant.filter(one -> Json.text(one, "clientId").equals(clientId))
                .filter(one -> Instant.parse(Json.text(one, "until")).isAfter(clock.instant()))
                .filter(one -> Json.text(one, "redirectUri").equals(Json.text(form, "redirect_uri")))
                .filter(one -> Json.text(one, "challenge").equals(challenge(Json.text(form, "code_verifier"))))
                .orElseThrow(() -> refusal(400, "invalid_grant", "Bad Request"));
        String access = "ya29." + Ids.alphanumeric(60);
        return Answer.ok(Json.object()
                .put("access_token", access)
                .put("expires_in", TOKEN_LIFE.toSeconds())
                .put("scope", "openid email profile")
                .put("token_type", "Bearer")
                .put("id_token", keys.sign(claims(issuer(request), good, access))));
    }

    private String authenticated(Request request, ObjectNode form) {
        String id = Json.text(form, "client_id");
        String secret = Json.text(form, "client_secret");
        String header = request.header("Authorization");
        if (header.startsWith("Basic ")) {
            String[] pair = new String(
                            Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8)
                    .split(":", 2);
            id = pair[0];
            secret = pair[pair.length - 1];
        }
        String shown = secret;
        return books.find(Shelf.GOOGLE_SIGN_INS, id)
                .filter(client -> Json.text(client, "clientSecret").equals(shown))
                .map(client -> Json.text(client, "clientId"))
                .orElseThrow(() -> refusal(401, "invalid_client", "The provided client secret is invalid."));
    }

    static String challenge(String verifier) {
        return GoogleKeys.base64(sha256(verifier));
    }

    private ObjectNode claims(String issuer, ObjectNode grant, String access) {
        ObjectNode person =
                books.find(Shelf.GOOGLE_PEOPLE, Json.text(grant, "email")).orElseGet(Json::object);
        long now = clock.instant().getEpochSecond();
        ObjectNode claims = Json.object()
                .put("iss", issuer)
                .put("azp", Json.text(grant, "clientId"))
                .put("aud", Json.text(grant, "clientId"))
                .put("sub", Json.text(person, "sub"))
                .put("email", Json.text(person, "email"))
                .put("email_verified", person.path("emailVerified").asBoolean(true))
                .put("name", Json.text(person, "name"))
                .put("nonce", Json.text(grant, "nonce"))
                .put("at_hash", GoogleKeys.base64(Arrays.copyOf(sha256(access), 16)))
                .put("iat", now)
                .put("exp", now + TOKEN_LIFE.toSeconds());
        Json.find(person, "hd").ifPresent(domain -> claims.put("hd", domain));
        return claims;
    }

    private static Refusal refusal(int status, String error, String description) {
        return new Refusal(
                Answer.json(status, Json.object().put("error", error).put("error_description", description)));
    }
}
