package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.OAuthApp;
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
 * The installation's OAuth apps. Their client secrets stay in its settings and are added to an account for a refresh; a
 * connection made by consent stores the client id only.
 */
@Component
final class OAuthApps {

    private final OAuthSettings settings;
    private final Map<String, AuthorizationCodeGrant> grants;

    OAuthApps(OAuthSettings settings, List<AuthorizationCodeGrant> grants) {
        this.settings = settings;
        this.grants = grants.stream()
                .collect(Collectors.toMap(grant -> grant.provider().name(), Function.identity()));
    }

    /** @throws Problem {@code 422.connection_invalid} when the provider's accounts are not connected by consent */
    AuthorizationCodeGrant requireGrant(String provider) {
        AuthorizationCodeGrant grant = grants.get(provider);
        if (grant == null) {
            throw new Problem(
                    ProblemType.CONNECTION_INVALID,
                    "Accounts are connected by consent at "
                            + String.join(
                                    " and ", grants.keySet().stream().sorted().toList())
                            + "; enter the credentials of others.");
        }
        return grant;
    }

    /** @throws Problem {@code 422.connection_invalid} when the installation has none, naming the settings */
    OAuthApp requireApp(Provider provider) {
        String variable = "PATCHBAY_OAUTH_" + provider.name().toUpperCase(Locale.ROOT);
        return findApp(provider)
                .orElseThrow(() -> new Problem(
                        ProblemType.CONNECTION_INVALID,
                        "This installation has no app at %s yet: its operator sets %s_CLIENT_ID and %s_CLIENT_SECRET. Or enter the secrets of an app of your own."
                                .formatted(provider.title(), variable, variable)));
    }

    private Optional<OAuthApp> findApp(Provider provider) {
        return settings.findApp(provider.name())
                .map(app -> new OAuthApp(app.baseUrl().orElse(provider.baseUrl()), app.clientId(), app.clientSecret()));
    }

    /** The provider's default settings, which apply only at its own base address. */
    static ObjectNode defaultSettings(Provider provider, URI baseUrl) {
        return baseUrl.equals(provider.baseUrl()) ? provider.defaults().deepCopy() : Json.object();
    }

    /** Whether the account's grant belongs to the installation's app, so that the installation has the client secret. */
    boolean isGrantedToInstallation(Account account) {
        return findApp(account).isPresent();
    }

    private Optional<OAuthApp> findApp(Account account) {
        return Optional.ofNullable(grants.get(account.provider()))
                .filter(grant -> !account.secrets().containsKey(SecretNames.CLIENT_SECRET))
                .flatMap(grant -> findApp(grant.provider()))
                .filter(app -> app.clientId().equals(account.secrets().get(SecretNames.CLIENT_ID)))
                // A connection's base address is an agency's input: the client secret is sent to the app's provider
                // only.
                .filter(app -> app.baseUrl().equals(account.baseUrl()));
    }

    /**
     * The account with the client secret that a refresh needs.
     *
     * @throws TokenRefresher.RefreshRefused when the grant belongs to an app that the installation no longer uses
     */
    Account addClientSecret(Account account) {
        var app = findApp(account);
        if (app.isPresent()) {
            return withClientSecret(account, app.get());
        }
        boolean orphaned = account.secrets().containsKey(SecretNames.CLIENT_ID)
                && !account.secrets().containsKey(SecretNames.CLIENT_SECRET)
                && grants.containsKey(account.provider());
        if (orphaned) {
            throw new TokenRefresher.RefreshRefused(
                    "The installation's app at %s has changed since this account was connected; connect it again."
                            .formatted(
                                    requireGrant(account.provider()).provider().title()));
        }
        return account;
    }

    private Account withClientSecret(Account account, OAuthApp app) {
        Provider provider = requireGrant(account.provider()).provider();
        var secrets = new HashMap<>(account.secrets());
        secrets.put(SecretNames.CLIENT_SECRET, app.clientSecret());
        ObjectNode settings = ((ObjectNode) account.settings()).deepCopy();
        // An agency's setting must not redirect the token request, which carries the client secret.
        settings.remove(provider.defaults().propertyNames());
        settings.setAll(defaultSettings(provider, account.baseUrl()));
        return new Account(
                account.connectionId(), account.tenant(), account.provider(), account.baseUrl(), settings, secrets);
    }
}
