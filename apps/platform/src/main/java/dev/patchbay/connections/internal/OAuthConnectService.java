package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.NewAccount;
import dev.patchbay.connections.OAuthConnect;
import dev.patchbay.connections.internal.PendingAuthorizationRepository.PendingAuthorization;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Ids;
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

/** Where consents are begun, opened and finished. */
@Component
final class OAuthConnectService implements OAuthConnect {

    private static final Permission WRITE = Permission.of("write:connections");

    private final Tenancy tenancy;
    private final PendingAuthorizationRepository rows;
    private final ConnectionRepository accounts;
    private final OAuthApps apps;
    private final ConnectionValidator connectionValidator;
    private final ConnectionViewRepository views;
    private final Grants grants;
    private final HealthChecks tests;
    private final Access access;
    private final ChangeAudit audit;
    private final Settings settings;
    private final Clock clock;

    OAuthConnectService(
            Tenancy tenancy,
            PendingAuthorizationRepository rows,
            ConnectionRepository accounts,
            OAuthApps apps,
            ConnectionValidator connectionValidator,
            ConnectionViewRepository views,
            Grants grants,
            HealthChecks tests,
            Access access,
            ChangeAudit audit,
            Settings settings,
            Clock clock) {
        this.tenancy = tenancy;
        this.rows = rows;
        this.accounts = accounts;
        this.apps = apps;
        this.connectionValidator = connectionValidator;
        this.views = views;
        this.grants = grants;
        this.tests = tests;
        this.access = access;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public ConnectLink startConnect(Initiator initiator, ConnectRequest connectRequest) {
        Provider provider = apps.consent(connectRequest.provider()).provider();
        URI base = apps.require(provider).baseUrl();
        ObjectNode wanted = OAuthApps.defaults(provider, base);
        wanted.setAll(connectRequest.settings());
        connectionValidator.check(
                new NewAccount(
                        connectRequest.id(),
                        provider.name(),
                        connectRequest.name(),
                        base,
                        wanted,
                        Map.of(),
                        Optional.empty()),
                base,
                wanted);
        String id = connectRequest.id() == null ? Ids.next("con", clock.instant()) : connectRequest.id();
        return begin(new PendingAuthorization(initiator, provider.name(), id, false, connectRequest.name(), wanted));
    }

    @Override
    public ConnectLink startReconnect(Initiator initiator, String connectionId) {
        TenantId tenant = initiator.tenant();
        ConnectionView known = tenancy.inTenant(tenant, () -> views.get(tenant, connectionId));
        Provider provider = apps.consent(known.provider()).provider();
        URI base = tenancy.inTenant(
                tenant,
                () -> accounts.find(tenant, connectionId)
                        .orElseThrow()
                        .account()
                        .baseUrl());
        if (!apps.require(provider).baseUrl().equals(base)) {
            throw conflict("%s speaks to another address than the installation's app at %s; enter its secrets."
                    .formatted(known.name(), provider.title()));
        }
        if (ConnectionValidator.isApp(provider.name(), known.settings())) {
            throw conflict("%s only takes webhooks in; begin without connectionId to connect a location."
                    .formatted(known.name()));
        }
        return begin(new PendingAuthorization(initiator, provider.name(), connectionId, true, known.name(), Json.object()));
    }

    private static Problem conflict(String sentence) {
        return new Problem(ProblemType.CONNECTION_STATE_CONFLICT, sentence);
    }

    private ConnectLink begin(PendingAuthorization pendingAuthorization) {
        String ticket = Secret.next();
        TenantId tenant = pendingAuthorization.starter().tenant();
        tenancy.inTenant(tenant, () -> {
            rows.begin(ticket, pendingAuthorization);
            audit.changed(
                    TenantScope.of(tenant),
                    pendingAuthorization.starter().actor(),
                    "connection.consent_begun",
                    "connection/" + pendingAuthorization.connectionId(),
                    null,
                    null);
        });
        return new ConnectLink(pendingAuthorization.provider(), ticket);
    }

    @Override
    public ProviderRedirect openLink(ConnectLink connectLink, Optional<Identity> who) {
        PendingAuthorization found = rows.find(connectLink.ticket())
                .filter(one -> one.provider().equals(connectLink.provider()))
                .orElseThrow(OAuthConnectService::over);
        requireSame(found, who);
        String secret = Secret.next();
        PendingAuthorization pendingAuthorization = rows.open(found.starter().tenant(), connectLink.ticket(), state(secret))
                .orElseThrow(OAuthConnectService::over);
        AuthorizationCodeGrant authorizationCodeGrant = apps.consent(pendingAuthorization.provider());
        String challenge = Secret.encode(Hashing.sha256(Hashing.utf8(verifier(secret))));
        URI to = authorizationCodeGrant.authorizationUrl(
                apps.require(authorizationCodeGrant.provider()),
                new AuthorizationCodeGrant.AuthorizationRequest(callback(pendingAuthorization.provider()), state(secret), challenge));
        return new ProviderRedirect(to, secret);
    }

    private URI callback(String provider) {
        return URI.create(settings.publicUrl() + "/connect/" + provider + "/callback");
    }

    private static String state(String secret) {
        return Secret.derived(secret, "state");
    }

    private static String verifier(String secret) {
        return Secret.derived(secret, "verifier");
    }

    private static Problem over() {
        return refused("This was used already or took longer than ten minutes; connect the account anew.");
    }

    static Problem refused(String sentence) {
        return new Problem(ProblemType.CONSENT_REFUSED, sentence);
    }

    /** Nobody can make somebody else connect an account for them, nor finish what somebody else began. */
    private static void requireSame(PendingAuthorization pendingAuthorization, Optional<Identity> who) {
        Initiator initiator = pendingAuthorization.starter();
        boolean same = initiator.session().isEmpty()
                || who.filter(one -> one.tenant().equals(initiator.tenant())
                                && one.session().equals(initiator.session()))
                        .isPresent();
        if (!same) {
            throw refused("This was begun in another session; sign in there, or connect the account anew from here.");
        }
    }

    @Override
    public ConnectionView complete(String secret, OAuthCallback oAuthCallback, Optional<Identity> who) {
        if (secret.isEmpty() || !Secret.same(state(secret), oAuthCallback.state())) {
            throw refused("This was begun in another browser, or another account since; connect the account anew.");
        }
        // Taken first: whatever becomes of it, nobody comes a second time.
        PendingAuthorization pendingAuthorization = rows.take(state(secret)).orElseThrow(OAuthConnectService::over);
        requireSame(pendingAuthorization, who);
        requireStillAllowed(pendingAuthorization.starter());
        Provider provider = apps.consent(pendingAuthorization.provider()).provider();
        if (!pendingAuthorization.provider().equals(oAuthCallback.provider())) {
            throw refused("Another provider than " + provider.title() + " has answered; connect the account anew.");
        }
        if (!oAuthCallback.error().isEmpty() || oAuthCallback.code().isEmpty()) {
            throw refused(provider.title() + " was not allowed to give access, so nothing has changed.");
        }
        TenantId tenant = pendingAuthorization.starter().tenant();
        String id = grants.keep(pendingAuthorization, apps.require(provider), granted(provider, oAuthCallback.code(), secret));
        tests.test(tenant, id);
        return tenancy.inTenant(tenant, () -> views.get(tenant, id));
    }

    private void requireStillAllowed(Initiator initiator) {
        boolean allowed = initiator.actor().equals(SYSTEM)
                || access.check(initiator.tenant(), initiator.actor(), new Access.Question(WRITE, null, null))
                        .allow();
        if (!allowed) {
            throw refused("Whoever began this may not connect accounts any more.");
        }
    }

    private AuthorizationCodeGrant.GrantedAccess granted(Provider provider, String code, String secret) {
        try {
            return apps.consent(provider.name())
                    .exchange(
                            apps.require(provider),
                            new AuthorizationCodeGrant.TokenRequest(callback(provider.name()), code, verifier(secret)));
        } catch (AuthorizationCodeGrant.GrantFailed grantFailed) {
            throw refused(String.valueOf(grantFailed.getMessage()));
        }
    }
}
