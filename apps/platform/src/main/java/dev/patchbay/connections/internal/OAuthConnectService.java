package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.NewAccount;
import dev.patchbay.connections.OAuthConnect;
import dev.patchbay.connections.internal.PendingAuthorization.Purpose;
import dev.patchbay.connections.internal.PendingAuthorization.State;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.AuthorizationRequest;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.GrantFailed;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.GrantedAccess;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.TokenRequest;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the authorization code grant. OAuth state and PKCE verifier are derived from a secret that only the browser has, so a
 * callback counts only in the browser that opened the link.
 */
@Component
final class OAuthConnectService implements OAuthConnect {

    private static final Permission WRITE = Permission.of("write:connections");

    private final Tenancy tenancy;
    private final PendingAuthorizationRepository authorizations;
    private final ConnectionRepository connections;
    private final OAuthApps apps;
    private final ConnectionValidator validator;
    private final ConnectionViewRepository views;
    private final Grants grants;
    private final HealthChecks healthChecks;
    private final Access access;
    private final ChangeAudit audit;
    private final Settings settings;
    private final Clock clock;

    OAuthConnectService(
            Tenancy tenancy,
            PendingAuthorizationRepository authorizations,
            ConnectionRepository connections,
            OAuthApps apps,
            ConnectionValidator validator,
            ConnectionViewRepository views,
            Grants grants,
            HealthChecks healthChecks,
            Access access,
            ChangeAudit audit,
            Settings settings,
            Clock clock) {
        this.tenancy = tenancy;
        this.authorizations = authorizations;
        this.connections = connections;
        this.apps = apps;
        this.validator = validator;
        this.views = views;
        this.grants = grants;
        this.healthChecks = healthChecks;
        this.access = access;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public ConnectLink startConnect(Initiator initiator, ConnectRequest request) {
        Provider provider = apps.requireGrant(request.provider()).provider();
        URI baseUrl = apps.requireApp(provider).baseUrl();
        ObjectNode newSettings = OAuthApps.defaultSettings(provider, baseUrl);
        newSettings.setAll(request.settings());
        validator.requireValid(
                new NewAccount(
                        request.id(),
                        provider.name(),
                        request.name(),
                        baseUrl,
                        newSettings,
                        Map.of(),
                        Optional.empty()),
                baseUrl,
                newSettings);
        ConnectionId id = request.id() == null ? ConnectionId.next(clock.instant()) : request.id();
        return issueLink(new PendingAuthorization(
                initiator, provider.name(), id, Purpose.CONNECT, request.name(), newSettings, State.ISSUED));
    }

    @Override
    public ConnectLink startReconnect(Initiator initiator, ConnectionId connectionId) {
        TenantId tenant = initiator.tenant();
        ConnectionView connection = tenancy.inTenant(tenant, () -> views.get(tenant, connectionId));
        Provider provider = apps.requireGrant(connection.provider()).provider();
        URI baseUrl = tenancy.inTenant(
                tenant,
                () -> connections
                        .find(tenant, connectionId)
                        .orElseThrow()
                        .account()
                        .baseUrl());
        if (!apps.requireApp(provider).baseUrl().equals(baseUrl)) {
            throw conflict("%s uses another base address than the installation's app at %s; enter its secrets."
                    .formatted(connection.name(), provider.title()));
        }
        if (ConnectionValidator.isAppConnection(provider.name(), connection.settings())) {
            throw conflict("%s only receives webhooks; leave connectionId out to connect a location."
                    .formatted(connection.name()));
        }
        return issueLink(new PendingAuthorization(
                initiator,
                provider.name(),
                connectionId,
                Purpose.RECONNECT,
                connection.name(),
                Json.object(),
                State.ISSUED));
    }

    private static Problem conflict(String sentence) {
        return new Problem(ProblemType.CONNECTION_STATE_CONFLICT, sentence);
    }

    private ConnectLink issueLink(PendingAuthorization pending) {
        String ticket = Secret.next();
        TenantId tenant = pending.initiator().tenant();
        tenancy.inTenant(tenant, () -> {
            authorizations.insert(ticket, pending);
            audit.recordChange(
                    TenantScope.of(tenant),
                    pending.initiator().actor(),
                    "connection.consent_begun",
                    "connection/" + pending.connectionId(),
                    null,
                    null);
        });
        return new ConnectLink(pending.provider(), ticket);
    }

    @Override
    public ProviderRedirect openLink(ConnectLink link, Optional<Identity> identity) {
        PendingAuthorization issued = authorizations
                .find(link.ticket())
                .filter(pending -> pending.state().mayBecome(State.OPENED))
                .filter(pending -> pending.provider().equals(link.provider()))
                .orElseThrow(OAuthConnectService::usedOrExpired);
        requireSameSession(issued, identity);
        String browserSecret = Secret.next();
        PendingAuthorization opened = authorizations
                .open(issued.initiator().tenant(), link.ticket(), deriveState(browserSecret))
                .orElseThrow(OAuthConnectService::usedOrExpired);
        AuthorizationCodeGrant grant = apps.requireGrant(opened.provider());
        String codeChallenge = Secret.encode(Hashing.sha256(Hashing.utf8(deriveCodeVerifier(browserSecret))));
        URI location = grant.authorizationUrl(
                apps.requireApp(grant.provider()),
                new AuthorizationRequest(redirectUri(opened.provider()), deriveState(browserSecret), codeChallenge));
        return new ProviderRedirect(location, browserSecret);
    }

    private URI redirectUri(String provider) {
        return URI.create(settings.publicUrl() + "/connect/" + provider + "/callback");
    }

    private static String deriveState(String browserSecret) {
        return Secret.derive(browserSecret, "state");
    }

    private static String deriveCodeVerifier(String browserSecret) {
        return Secret.derive(browserSecret, "verifier");
    }

    private static Problem usedOrExpired() {
        return refusal(
                "This link was used already or has expired after ten minutes; start connecting the account again.");
    }

    static Problem refusal(String sentence) {
        return new Problem(ProblemType.CONSENT_REFUSED, sentence);
    }

    /**
     * Only the session that started may continue: otherwise one person could make another connect an account for them, or
     * complete a connection that another person started.
     */
    private static void requireSameSession(PendingAuthorization pending, Optional<Identity> identity) {
        Initiator initiator = pending.initiator();
        boolean same = initiator.session().isEmpty()
                || identity.filter(one -> one.tenant().equals(initiator.tenant())
                                && one.session().map(SessionId::value).equals(initiator.session()))
                        .isPresent();
        if (!same) {
            throw refusal(
                    "This was started in another session; continue there, or start connecting the account again here.");
        }
    }

    @Override
    public ConnectionView complete(String browserSecret, OAuthCallback callback, Optional<Identity> identity) {
        if (browserSecret.isEmpty() || !Secret.constantTimeEquals(deriveState(browserSecret), callback.state())) {
            throw refusal(
                    "This was started in another browser, or another connection was started since; start connecting the account again.");
        }
        // The authorization is completed before anything else is checked, so that no callback counts twice.
        PendingAuthorization pending =
                authorizations.complete(deriveState(browserSecret)).orElseThrow(OAuthConnectService::usedOrExpired);
        requireSameSession(pending, identity);
        requireStillAllowed(pending.initiator());
        Provider provider = apps.requireGrant(pending.provider()).provider();
        if (!pending.provider().equals(callback.provider())) {
            throw refusal("The callback is not from " + provider.title() + "; start connecting the account again.");
        }
        if (!callback.error().isEmpty() || callback.code().isEmpty()) {
            throw refusal("Access was not granted at " + provider.title() + ", so nothing has changed.");
        }
        TenantId tenant = pending.initiator().tenant();
        GrantedAccess granted = exchange(provider, callback.code(), browserSecret);
        ConnectionId id = grants.store(pending, apps.requireApp(provider), granted);
        healthChecks.check(tenant, id);
        return tenancy.inTenant(tenant, () -> views.get(tenant, id));
    }

    private void requireStillAllowed(Initiator initiator) {
        boolean allowed = initiator.actor().equals(SYSTEM)
                || access.check(initiator.tenant(), initiator.actor(), new Access.Question(WRITE, null, null))
                        .allow();
        if (!allowed) {
            throw refusal("The user or service token that started this may no longer connect accounts.");
        }
    }

    private GrantedAccess exchange(Provider provider, String code, String browserSecret) {
        try {
            return apps.requireGrant(provider.name())
                    .exchange(
                            apps.requireApp(provider),
                            new TokenRequest(redirectUri(provider.name()), code, deriveCodeVerifier(browserSecret)));
        } catch (GrantFailed failed) {
            throw refusal(String.valueOf(failed.getMessage()));
        }
    }
}
