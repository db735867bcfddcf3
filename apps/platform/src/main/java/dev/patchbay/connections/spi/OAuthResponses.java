package dev.patchbay.connections.spi;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.GrantFailed;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/** Builds authorization addresses and reads token responses, as every implementation of the authorization code grant does. */
public final class OAuthResponses {

    private OAuthResponses() {}

    /** The page with the parameters in its query, each value fully encoded. */
    public static URI buildUrl(String page, Map<String, String> parameters) {
        var url = UriComponentsBuilder.fromUriString(page);
        parameters.keySet().forEach(name -> url.queryParam(name, "{" + name + "}"));
        return url.encode().buildAndExpand(parameters).toUri();
    }

    /**
     * The body of a successful response.
     *
     * @param refusal the meaning of a refusal, continuing a sentence that begins with the provider's name
     * @throws GrantFailed on any other outcome
     */
    public static JsonNode requireSuccess(Provider provider, HttpOutcome outcome, String refusal) {
        return switch (outcome) {
            case Responded responded when responded.isSuccess() -> responded.body();
            case Responded responded
            when responded.status() >= 500 ->
                throw new GrantFailed("%s answered %d; start connecting the account again later."
                        .formatted(provider.title(), responded.status()));
            case Responded responded ->
                throw new GrantFailed("%s %s (%s); start connecting the account again."
                        .formatted(
                                provider.title(),
                                refusal,
                                responded.body().path("error").asString("status " + responded.status())));
            case NotSent notSent ->
                throw new GrantFailed("%s could not be asked: %s".formatted(provider.title(), notSent.sentence()));
            case Lost lost ->
                throw new GrantFailed("%s did not answer: %s".formatted(provider.title(), lost.sentence()));
        };
    }

    /** @throws GrantFailed when the response lacks the member */
    public static String requireMember(Provider provider, JsonNode response, String member) {
        String text = response.path(member).asString("");
        if (text.isEmpty()) {
            throw new GrantFailed(
                    "%s answered without %s; start connecting the account again.".formatted(provider.title(), member));
        }
        return text;
    }

    /**
     * @param grantedScopes the "scope" of the token response, separated by spaces (RFC 6749, section 3.3)
     * @throws GrantFailed when the owner did not allow every required scope
     */
    public static void requireScopes(Provider provider, List<String> scopes, String grantedScopes) {
        Set<String> granted = new HashSet<>(List.of(grantedScopes.strip().split("\\s+")));
        List<String> missing =
                scopes.stream().filter(scope -> !granted.contains(scope)).toList();
        if (!missing.isEmpty()) {
            throw new GrantFailed(
                    "%s granted too few permissions (%s is missing); start again and leave every box ticked."
                            .formatted(provider.title(), String.join(" and ", missing)));
        }
    }
}
