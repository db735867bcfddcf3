package dev.patchbay.connections.spi;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a person, on a page of the provider, to give us access to an account of theirs (OAuth 2.0, authorization code). What
 * came back is exchanged from here: no browser sees a token.
 */
public interface AuthorizationCodeGrant {

    Provider provider();

    /** Where the browser goes. */
    URI authorizationUrl(OAuthApp oAuthApp, AuthorizationRequest authorizationRequest);

    /**
     * Exchanges what the browser came back with, and finds out whose account it is.
     *
     * @throws GrantFailed when that gives no lasting access
     */
    GrantedAccess exchange(OAuthApp oAuthApp, TokenRequest tokenRequest);

    /**
     * What we are to the provider.
     *
     * @param baseUrl where its API is, without a trailing slash
     */
    record OAuthApp(URI baseUrl, String clientId, String clientSecret) {

        @Override
        public String toString() {
            return "App[" + clientId + "]";
        }
    }

    /**
     * @param back where the browser comes back to
     * @param state what it brings along then
     * @param challenge PKCE, S256; of no use to a provider that does not know it
     */
    record AuthorizationRequest(URI redirectUri, String state, String codeChallenge) {}

    /** @param verifier what the challenge was made of */
    record TokenRequest(URI redirectUri, String code, String codeVerifier) {

        @Override
        public String toString() {
            return "Returned";
        }
    }

    /**
     * Access to an account.
     *
     * @param refreshToken what gives new access tokens, until somebody takes the access back
     * @param account what the provider calls the account: the same one is the same connection
     * @param settings what is known of the connection from here on
     */
    record GrantedAccess(TokenRefresher.Tokens tokens, String refreshToken, String account, ObjectNode settings) {

        @Override
        public String toString() {
            return "Granted[" + account + "]";
        }
    }

    /** There is no access, and why, in a sentence that holds no secret. */
    final class GrantFailed extends RuntimeException {
        public GrantFailed(String sentence) {
            super(sentence);
        }
    }

    /** The page with what is asked in its address, each value encoded whole. */
    static URI address(String page, Map<String, String> asked) {
        var address = UriComponentsBuilder.fromUriString(page);
        asked.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(asked).toUri();
    }

    /**
     * What the provider answered.
     *
     * @param refusal what it means that it refuses
     * @throws GrantFailed when that is nothing to go on with
     */
    static JsonNode answer(Provider provider, HttpOutcome outcome, String refusal) {
        return switch (outcome) {
            case Responded responded when responded.isSuccess() -> responded.body();
            case Responded responded
            when responded.status() >= 500 ->
                throw new GrantFailed(
                        "%s has trouble of its own just now (it answered %d); connect the account anew in a while."
                                .formatted(provider.title(), responded.status()));
            case Responded responded ->
                throw new GrantFailed("%s %s (%s); connect the account anew."
                        .formatted(
                                provider.title(),
                                refusal,
                                responded.body().path("error").asString("status " + responded.status())));
            case NotSent notSent ->
                throw new GrantFailed("%s could not be asked: %s".formatted(provider.title(), notSent.sentence()));
            case Lost lost -> throw new GrantFailed("%s did not answer: %s".formatted(provider.title(), lost.sentence()));
        };
    }

    /** @throws GrantFailed when the answer does not hold it */
    static String required(Provider provider, JsonNode answer, String member) {
        String text = answer.path(member).asString("");
        if (text.isEmpty()) {
            throw new GrantFailed("%s answered without %s; connect the account anew.".formatted(provider.title(), member));
        }
        return text;
    }

    /**
     * @param given as the provider tells it: with spaces
     * @throws GrantFailed when not all that is needed was allowed
     */
    static void requireAll(Provider provider, List<String> scopes, String given) {
        Set<String> all = new HashSet<>(List.of(given.strip().split("\\s+")));
        List<String> missing =
                scopes.stream().filter(scope -> !all.contains(scope)).toList();
        if (!missing.isEmpty()) {
            throw new GrantFailed(
                    "%s did not allow all that is needed (%s is missing); start again and leave every box ticked."
                            .formatted(provider.title(), String.join(" and ", missing)));
        }
    }
}
