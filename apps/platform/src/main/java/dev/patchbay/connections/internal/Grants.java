package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.internal.PendingAuthorizationRepository.PendingAuthorization;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Keeps what an owner granted: the same account is the same connection, and a connection keeps its account. */
@Component
final class Grants {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final ConnectionRepository rows;
    private final ConnectionViewRepository views;
    private final ConnectionValidator connectionValidator;
    private final OAuthApps apps;
    private final ConnectionService connections;
    private final ChangeAudit audit;

    Grants(
            Tenancy tenancy,
            JdbcClient jdbc,
            ConnectionRepository rows,
            ConnectionViewRepository views,
            ConnectionValidator connectionValidator,
            OAuthApps apps,
            ConnectionService connections,
            ChangeAudit audit) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.rows = rows;
        this.views = views;
        this.connectionValidator = connectionValidator;
        this.apps = apps;
        this.connections = connections;
        this.audit = audit;
    }

    /**
     * All of it or nothing.
     *
     * @return the id of the connection that has it now
     */
    String keep(PendingAuthorization pendingAuthorization, AuthorizationCodeGrant.OAuthApp oAuthApp, AuthorizationCodeGrant.GrantedAccess grantedAccess) {
        TenantId tenant = pendingAuthorization.starter().tenant();
        String kept = tenancy.inTenant(tenant, () -> {
            alone(tenant, pendingAuthorization.provider(), grantedAccess.account());
            Optional<String> holder = holder(tenant, pendingAuthorization.provider(), oAuthApp, grantedAccess);
            if (pendingAuthorization.again()
                    && holder.filter(id -> !id.equals(pendingAuthorization.connectionId())).isPresent()) {
                throw OAuthConnectService.refused("This account is connected as %s already; %s keeps the one it has."
                        .formatted(views.get(tenant, holder.get()).name(), pendingAuthorization.name()));
            }
            String id = pendingAuthorization.again() ? pendingAuthorization.connectionId() : holder.orElse(pendingAuthorization.connectionId());
            @Nullable ConnectionView before = rows.find(tenant, id).isPresent() ? views.get(tenant, id) : null;
            if (before == null) {
                connect(pendingAuthorization, oAuthApp, grantedAccess);
            } else {
                renew(tenant, before, grantedAccess);
            }
            give(tenant, id, oAuthApp, grantedAccess);
            audit.changed(
                    TenantScope.of(tenant),
                    pendingAuthorization.starter().actor(),
                    before == null ? "connection.connected" : "connection.reconnected",
                    "connection/" + id,
                    before,
                    views.get(tenant, id));
            return id;
        });
        connections.forget();
        return kept;
    }

    /** Two who connect the same account at once do it one after the other. */
    private void alone(TenantId tenant, String provider, String account) {
        jdbc.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:what, 0))")
                .param("what", tenant + "/" + provider + "/" + account)
                .query(Integer.class)
                .single();
    }

    /** The connection that has the account; of one whose grant was entered, its settings say so. */
    private Optional<String> holder(TenantId tenant, String provider, AuthorizationCodeGrant.OAuthApp oAuthApp, AuthorizationCodeGrant.GrantedAccess grantedAccess) {
        return jdbc.sql("""
                        SELECT connection_id FROM patchbay.connection
                        WHERE tenant_id = :tenant AND provider = :provider AND base_url = :base
                          AND (account = :account
                            OR account IS NULL AND settings @> :told::jsonb AND :told::jsonb <> '{}')
                        ORDER BY account IS NULL, state = 'DISCONNECTED', connection_id LIMIT 1""")
                .param("tenant", tenant.value())
                .param("provider", provider)
                .param("base", oAuthApp.baseUrl().toString())
                .param("account", grantedAccess.account())
                .param("told", Json.write(grantedAccess.settings()))
                .query(String.class)
                .optional();
    }

    private void connect(PendingAuthorization pendingAuthorization, AuthorizationCodeGrant.OAuthApp oAuthApp, AuthorizationCodeGrant.GrantedAccess grantedAccess) {
        Provider provider = apps.consent(pendingAuthorization.provider()).provider();
        ObjectNode settings = pendingAuthorization.settings().deepCopy();
        settings.setAll(grantedAccess.settings());
        rows.put(
                pendingAuthorization.starter().tenant(),
                new NewConnection(
                        pendingAuthorization.connectionId(),
                        provider.name(),
                        pendingAuthorization.name(),
                        oAuthApp.baseUrl(),
                        settings,
                        Map.of(),
                        connectionValidator.ingressKey(provider)));
    }

    private void renew(TenantId tenant, ConnectionView before, AuthorizationCodeGrant.GrantedAccess grantedAccess) {
        if (isOther(before, grantedAccess)) {
            throw OAuthConnectService.refused("%s is another account's; choose that one, or connect this one by itself."
                    .formatted(before.name()));
        }
        // After whoever is renewing a token of it just now.
        rows.lock(tenant, before.id());
        ObjectNode settings = ((ObjectNode) before.settings()).deepCopy();
        settings.setAll(grantedAccess.settings());
        rows.describe(tenant, before.id(), before.name(), settings);
        // Those of an app that somebody entered: what was granted now is the installation's.
        rows.forgetSecrets(tenant, before.id(), OAuthApps.CLIENT_SECRET);
    }

    private static boolean isOther(ConnectionView known, AuthorizationCodeGrant.GrantedAccess grantedAccess) {
        @Nullable String account = known.account();
        return account == null
                ? grantedAccess.settings()
                        .propertyStream()
                        .anyMatch(
                                told -> !told.getValue().equals(known.settings().get(told.getKey())))
                : !account.equals(grantedAccess.account());
    }

    private void give(TenantId tenant, String id, AuthorizationCodeGrant.OAuthApp oAuthApp, AuthorizationCodeGrant.GrantedAccess grantedAccess) {
        rows.putSecret(tenant, id, OAuthApps.CLIENT_ID, oAuthApp.clientId(), null);
        rows.putSecret(tenant, id, ConnectionRepository.REFRESH_TOKEN, grantedAccess.refreshToken(), null);
        rows.putSecret(
                tenant,
                id,
                ConnectionRepository.ACCESS_TOKEN,
                grantedAccess.tokens().accessToken(),
                grantedAccess.tokens().expiresAt());
        belongs(tenant, id, grantedAccess.account());
        rows.move(tenant, id, ConnectionState.TESTING, null);
    }

    /** Whose account it is from here on. */
    private void belongs(TenantId tenant, String connectionId, String account) {
        jdbc.sql("""
                        UPDATE patchbay.connection SET account = :account
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("account", account)
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .update();
    }
}
