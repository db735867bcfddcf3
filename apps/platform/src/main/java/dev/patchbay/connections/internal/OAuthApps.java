package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.connections.spi.TokenRefresher;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * The apps by which providers know this installation. Their secrets rest in its settings only, and are given to an account
 * when it needs them: one that an owner consented to holds the name of the app, and no more.
 */
@Component
final class OAuthApps {

    static final String CLIENT_ID = "client_id";
    static final String CLIENT_SECRET = "client_secret";

    private final OAuthSettings settings;
    private final Map<String, AuthorizationCodeGrant> consents;

    OAuthApps(OAuthSettings settings, List<AuthorizationCodeGrant> consents) {
        this.settings = settings;
        this.consents = consents.stream()
                .collect(Collectors.toMap(authorizationCodeGrant -> authorizationCodeGrant.provider().name(), Function.identity()));
    }

    /** @throws Problem {@code 422.connection_invalid} when the provider's accounts are connected otherwise */
    AuthorizationCodeGrant consent(String provider) {
        AuthorizationCodeGrant authorizationCodeGrant = consents.get(provider);
        if (authorizationCodeGrant == null) {
            throw new Problem(
                    ProblemType.CONNECTION_INVALID,
                    "Accounts are connected by consent at "
                            + String.join(
                                    " and ", consents.keySet().stream().sorted().toList())
                            + "; enter the credentials of others.");
        }
        return authorizationCodeGrant;
    }

    /** @throws Problem {@code 422.connection_invalid} when the installation has none, naming the settings */
    AuthorizationCodeGrant.OAuthApp require(Provider provider) {
        String variable = "PATCHBAY_OAUTH_" + provider.name().toUpperCase(Locale.ROOT);
        return find(provider)
                .orElseThrow(() -> new Problem(
                        ProblemType.CONNECTION_INVALID,
                        "This installation has no app at %s yet: its operator sets %s_CLIENT_ID and %s_CLIENT_SECRET. Or enter the secrets of an app of your own."
                                .formatted(provider.title(), variable, variable)));
    }

    private Optional<AuthorizationCodeGrant.OAuthApp> find(Provider provider) {
        return settings.app(provider.name())
                .map(app ->
                        new AuthorizationCodeGrant.OAuthApp(app.baseUrl().orElse(provider.baseUrl()), app.clientId(), app.clientSecret()));
    }

    /** What belongs to the base address. */
    static ObjectNode defaults(Provider provider, URI base) {
        return base.equals(provider.baseUrl()) ? provider.defaults().deepCopy() : Json.object();
    }

    /** Whether the account was given to the app of this installation, which keeps the secret. */
    boolean isOurs(Account account) {
        return app(account).isPresent();
    }

    private Optional<AuthorizationCodeGrant.OAuthApp> app(Account account) {
        return Optional.ofNullable(consents.get(account.provider()))
                .filter(known -> !account.secrets().containsKey(CLIENT_SECRET))
                .flatMap(known -> find(known.provider()))
                .filter(oAuthApp -> oAuthApp.clientId().equals(account.secrets().get(CLIENT_ID)))
                // Our secret goes to the provider we have it of, whatever an account says of where it lives.
                .filter(oAuthApp -> oAuthApp.baseUrl().equals(account.baseUrl()));
    }

    /**
     * The account with all that a renewal takes.
     *
     * @throws TokenRefresher.RefreshRefused when it was given to an app that this installation no longer is
     */
    Account complete(Account account) {
        var app = app(account);
        if (app.isPresent()) {
            return with(account, app.get());
        }
        boolean orphaned = account.secrets().containsKey(CLIENT_ID)
                && !account.secrets().containsKey(CLIENT_SECRET)
                && consents.containsKey(account.provider());
        if (orphaned) {
            throw new TokenRefresher.RefreshRefused(
                    "Since this account was connected, the installation became another app at %s; connect it again."
                            .formatted(consent(account.provider()).provider().title()));
        }
        return account;
    }

    private Account with(Account account, AuthorizationCodeGrant.OAuthApp oAuthApp) {
        Provider provider = consent(account.provider()).provider();
        var secrets = new HashMap<>(account.secrets());
        secrets.put(CLIENT_SECRET, oAuthApp.clientSecret());
        ObjectNode known = ((ObjectNode) account.settings()).deepCopy();
        // Nor does a setting of the agency's say where tokens are asked for.
        known.remove(provider.defaults().propertyNames());
        known.setAll(defaults(provider, account.baseUrl()));
        return new Account(
                account.connectionId(), account.tenant(), account.provider(), account.baseUrl(), known, secrets);
    }
}
