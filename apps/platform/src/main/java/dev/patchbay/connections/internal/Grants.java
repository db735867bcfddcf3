package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.internal.PendingAuthorization.Purpose;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.GrantedAccess;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.OAuthApp;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Stores granted access. An account has one connection, and a connection keeps its account. */
@Component
final class Grants {

    private final Tenancy tenancy;
    private final GrantRepository grants;
    private final ConnectionRepository connectionRepository;
    private final SecretRepository secrets;
    private final ConnectionViewRepository views;
    private final ConnectionValidator validator;
    private final OAuthApps apps;
    private final ConnectionService connections;
    private final ChangeAudit audit;

    Grants(
            Tenancy tenancy,
            GrantRepository grants,
            ConnectionRepository connectionRepository,
            SecretRepository secrets,
            ConnectionViewRepository views,
            ConnectionValidator validator,
            OAuthApps apps,
            ConnectionService connections,
            ChangeAudit audit) {
        this.tenancy = tenancy;
        this.grants = grants;
        this.connectionRepository = connectionRepository;
        this.secrets = secrets;
        this.views = views;
        this.validator = validator;
        this.apps = apps;
        this.connections = connections;
        this.audit = audit;
    }

    /**
     * Stores the access in one transaction.
     *
     * @return the id of the connection that has the access now
     */
    ConnectionId store(PendingAuthorization pending, OAuthApp app, GrantedAccess access) {
        TenantId tenant = pending.initiator().tenant();
        ConnectionId stored = tenancy.inTenant(tenant, () -> {
            grants.lockAccount(tenant, pending.provider(), access.account());
            Optional<ConnectionId> existing = grants.findConnection(tenant, pending.provider(), app.baseUrl(), access);
            ConnectionId id = choose(pending, existing);
            @Nullable ConnectionView before = connectionRepository.find(tenant, id).isPresent() ? views.get(tenant, id) : null;
            if (before == null) {
                insert(pending, app, access);
            } else {
                update(tenant, before, access);
            }
            storeTokens(tenant, id, app, access);
            audit.recordChange(
                    TenantScope.of(tenant),
                    pending.initiator().actor(),
                    before == null ? "connection.connected" : "connection.reconnected",
                    "connection/" + id,
                    before,
                    views.get(tenant, id));
            return id;
        });
        connections.invalidateCaches();
        return stored;
    }

    private ConnectionId choose(PendingAuthorization pending, Optional<ConnectionId> existing) {
        if (pending.purpose() == Purpose.CONNECT) {
            return existing.orElse(pending.connectionId());
        }
        existing.filter(id -> !id.equals(pending.connectionId())).ifPresent(other -> {
            throw OAuthConnectService.refusal("This account is already connected as %s; %s keeps its account."
                    .formatted(views.get(pending.initiator().tenant(), other).name(), pending.name()));
        });
        return pending.connectionId();
    }

    private void insert(PendingAuthorization pending, OAuthApp app, GrantedAccess access) {
        Provider provider = apps.requireGrant(pending.provider()).provider();
        ObjectNode settings = pending.settings().deepCopy();
        settings.setAll(access.settings());
        connectionRepository.put(
                pending.initiator().tenant(),
                new NewConnection(
                        pending.connectionId(),
                        provider.name(),
                        pending.name(),
                        app.baseUrl(),
                        settings,
                        Map.of(),
                        validator.generateIngressKey(provider)));
    }

    private void update(TenantId tenant, ConnectionView before, GrantedAccess access) {
        if (isOtherAccount(before, access)) {
            throw OAuthConnectService.refusal(
                    "%s belongs to another account; choose that account, or connect this one as a new connection."
                            .formatted(before.name()));
        }
        // Waits for a token refresh of this connection that is under way.
        connectionRepository.lock(tenant, before.id());
        ObjectNode settings = ((ObjectNode) before.settings()).deepCopy();
        settings.setAll(access.settings());
        connectionRepository.updateNameAndSettings(tenant, before.id(), before.name(), settings);
        // The secret of an app of the agency's own: the new grant belongs to the installation's app.
        secrets.delete(tenant, before.id(), SecretNames.CLIENT_SECRET);
    }

    private static boolean isOtherAccount(ConnectionView connection, GrantedAccess access) {
        @Nullable String account = connection.account();
        return account == null
                ? access.settings()
                        .propertyStream()
                        .anyMatch(setting ->
                                !setting.getValue().equals(connection.settings().get(setting.getKey())))
                : !account.equals(access.account());
    }

    private void storeTokens(TenantId tenant, ConnectionId id, OAuthApp app, GrantedAccess access) {
        secrets.put(tenant, id, SecretNames.CLIENT_ID, app.clientId());
        secrets.put(tenant, id, SecretNames.REFRESH_TOKEN, access.refreshToken());
        secrets.put(
                tenant,
                id,
                SecretNames.ACCESS_TOKEN,
                access.tokens().accessToken(),
                access.tokens().expiresAt());
        grants.setAccount(tenant, id, access.account());
        connectionRepository.changeState(tenant, id, ConnectionState.TESTING);
    }
}
