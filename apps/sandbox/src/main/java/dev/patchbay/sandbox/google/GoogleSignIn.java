package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.AccountChooserPage;
import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** "Sign in with Google" (OpenID Connect): a page on which a person chooses an account, and signed ID tokens. */
public final class GoogleSignIn {

    private static final Duration ID_TOKEN_LIFETIME = Duration.ofHours(1);

    private final Store store;
    private final Clock clock;
    private final GoogleAuthorizationCodes codes;
    private final GoogleSigningKeys keys;

    public GoogleSignIn(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.codes = new GoogleAuthorizationCodes(store, clock);
        this.keys = new GoogleSigningKeys(store);
    }

    List<Route> routes() {
        return List.of(
                Route.of("openid.configuration", "GET", "/.well-known/openid-configuration", this::getConfiguration),
                Route.of("openid.auth", "GET", "/openid/auth", this::authorize),
                Route.of("openid.token", "POST", "/openid/token", this::exchange),
                Route.of("openid.certs", "GET", "/openid/certs", request -> Response.ok(keys.jwkSet())));
    }

    /**
     * Sets up a client and the people who can sign in. Without a {@code clientId} it sets up people only.
     *
     * @param account {@code {clientId, clientSecret, redirectUris, people: [{email, name, sub, hd, emailVerified}]}};
     *     {@code sub} is derived from the e-mail address when it is absent
     */
    public void putAccount(ObjectNode account) {
        Json.find(account, "clientId").ifPresent(id -> store.put(Table.GOOGLE_SIGN_INS, id, account));
        for (JsonNode members : account.path("people")) {
            ObjectNode person = ((ObjectNode) members).deepCopy();
            String email = Json.text(person, "email");
            person.put("sub", Json.find(person, "sub").orElseGet(() -> deriveSubject(email)));
            store.put(Table.GOOGLE_PEOPLE, email, person);
        }
    }

    /** Google's subjects have 21 digits. */
    private static String deriveSubject(String email) {
        return "1" + new BigInteger(1, Hashing.sha256(email)).toString().substring(0, 20);
    }

    private static String issuer(Request request) {
        return "http://" + request.header("Host") + "/google";
    }

    private Response getConfiguration(Request request) {
        String issuer = issuer(request);
        ObjectNode configuration = Json.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", issuer + "/openid/auth")
                .put("token_endpoint", issuer + "/openid/token")
                .put("jwks_uri", issuer + "/openid/certs");
        configuration.putArray("response_types_supported").add("code");
        configuration.putArray("subject_types_supported").add("public");
        configuration.putArray("id_token_signing_alg_values_supported").add("RS256");
        configuration.putArray("code_challenge_methods_supported").add("S256");
        configuration
                .putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_post")
                .add("client_secret_basic");
        return Response.ok(configuration);
    }

    /** {@code GET /openid/auth}: the page, or with {@code account} or {@code deny} the redirect to the application. */
    private Response authorize(Request request) {
        ObjectNode client = store.find(
                        Table.GOOGLE_SIGN_INS, request.query("client_id").orElse(""))
                .orElseThrow(() -> GoogleErrors.invalidRequest("There is no such client."));
        GoogleAuthorizationCodes.requireValid(request, client);
        if (request.query("deny").isPresent()) {
            return AccountChooserPage.redirectBack(request, "error", "access_denied");
        }
        return request.query("account")
                .map(email -> redirectWithCode(request, email))
                .orElseGet(() -> AccountChooserPage.render(request, "Google", "account", choices()));
    }

    private List<AccountChooserPage.Choice> choices() {
        return store.list(Table.GOOGLE_PEOPLE).stream()
                .map(person -> new AccountChooserPage.Choice(
                        Json.text(person, "email"), Json.text(person, "name"), Json.text(person, "email")))
                .toList();
    }

    private Response redirectWithCode(Request request, String email) {
        ObjectNode person = store.find(Table.GOOGLE_PEOPLE, email)
                .orElseThrow(() -> GoogleErrors.invalidRequest("There is no such account."));
        ObjectNode grant =
                Json.object().put("nonce", request.query("nonce").orElse("")).put("email", Json.text(person, "email"));
        return AccountChooserPage.redirectBack(request, "code", codes.issue(request, grant));
    }

    /** {@code POST /openid/token}: exchanges a code for an access token and an ID token. */
    private Response exchange(Request request) {
        ObjectNode form = request.jsonOrForm();
        ObjectNode grant = codes.redeem(authenticateClient(request, form), form);
        String accessToken = "ya29." + Ids.alphanumeric(60);
        return Response.ok(Json.object()
                .put("access_token", accessToken)
                .put("expires_in", ID_TOKEN_LIFETIME.toSeconds())
                .put("scope", "openid email profile")
                .put("token_type", "Bearer")
                .put("id_token", keys.sign(claims(issuer(request), grant, accessToken))));
    }

    /** Returns the client's id. The secret may be in the form or in basic authentication. */
    private String authenticateClient(Request request, ObjectNode form) {
        String header = request.header("Authorization");
        String[] credentials = header.startsWith("Basic ")
                ? decodeBasic(header)
                : new String[] {Json.text(form, "client_id"), Json.text(form, "client_secret")};
        String secret = credentials[credentials.length - 1];
        return store.find(Table.GOOGLE_SIGN_INS, credentials[0])
                .filter(client -> Json.text(client, "clientSecret").equals(secret))
                .map(client -> Json.text(client, "clientId"))
                .orElseThrow(
                        () -> GoogleErrors.oauthError(401, "invalid_client", "The provided client secret is invalid."));
    }

    private static String[] decodeBasic(String header) {
        byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()));
        return new String(decoded, StandardCharsets.UTF_8).split(":", 2);
    }

    private ObjectNode claims(String issuer, ObjectNode grant, String accessToken) {
        ObjectNode person =
                store.find(Table.GOOGLE_PEOPLE, Json.text(grant, "email")).orElseGet(Json::object);
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
                .put("at_hash", Hashing.base64Url(Arrays.copyOf(Hashing.sha256(accessToken), 16)))
                .put("iat", now)
                .put("exp", now + ID_TOKEN_LIFETIME.toSeconds());
        Json.find(person, "hd").ifPresent(domain -> claims.put("hd", domain));
        return claims;
    }
}
