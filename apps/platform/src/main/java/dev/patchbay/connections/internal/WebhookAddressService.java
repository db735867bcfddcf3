package dev.patchbay.connections.internal;

import dev.patchbay.connections.WebhookAddresses;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.net.URI;
import org.springframework.stereotype.Component;

/** Shows and moves webhook addresses. The digest of an address's key finds its connection; the sealed key lets it be shown. */
@Component
final class WebhookAddressService implements WebhookAddresses {

    private final Tenancy tenancy;
    private final WebhookAddressRepository addresses;
    private final ConnectionRepository connectionRepository;
    private final SecretRepository secrets;
    private final ConnectionViewRepository views;
    private final ConnectionService connections;
    private final ChangeAudit audit;
    private final Settings settings;

    WebhookAddressService(
            Tenancy tenancy,
            WebhookAddressRepository addresses,
            ConnectionRepository connectionRepository,
            SecretRepository secrets,
            ConnectionViewRepository views,
            ConnectionService connections,
            ChangeAudit audit,
            Settings settings) {
        this.tenancy = tenancy;
        this.addresses = addresses;
        this.connectionRepository = connectionRepository;
        this.secrets = secrets;
        this.views = views;
        this.connections = connections;
        this.audit = audit;
        this.settings = settings;
    }

    @Override
    public WebhookAddress get(TenantId tenant, ConnectionId connectionId) {
        return tenancy.inTenant(tenant, () -> read(tenant, connectionId));
    }

    @Override
    public WebhookAddress move(TenantId tenant, String actor, ConnectionId connectionId) {
        return change(tenant, actor, "connection.address_moved", connectionId, () -> {
            String key = Secret.next();
            addresses.move(tenant, connectionId, key);
            secrets.put(tenant, connectionId, SecretNames.INGRESS_KEY, key);
        });
    }

    @Override
    public WebhookAddress retirePrevious(TenantId tenant, String actor, ConnectionId connectionId) {
        return change(
                tenant,
                actor,
                "connection.address_retired",
                connectionId,
                () -> addresses.retirePrevious(tenant, connectionId));
    }

    private WebhookAddress change(
            TenantId tenant, String actor, String action, ConnectionId connectionId, Runnable change) {
        WebhookAddress changed = tenancy.inTenant(tenant, () -> {
            connectionRepository.lock(tenant, views.get(tenant, connectionId).id());
            WebhookAddress before = read(tenant, connectionId);
            change.run();
            WebhookAddress after = read(tenant, connectionId);
            audit.recordChange(TenantScope.of(tenant), actor, action, "connection/" + connectionId, before, after);
            return after;
        });
        connections.invalidateCaches();
        return changed;
    }

    private WebhookAddress read(TenantId tenant, ConnectionId connectionId) {
        String provider = views.get(tenant, connectionId).provider();
        String key = secrets.find(tenant, connectionId, SecretNames.INGRESS_KEY)
                .orElseThrow(() -> new Problem(
                        ProblemType.NOT_FOUND,
                        provider + " sends no webhooks to the connection " + connectionId + "."));
        return new WebhookAddress(
                URI.create(settings.publicUrl() + "/ingress/" + provider + "/" + key),
                addresses.isPreviousAccepted(tenant, connectionId));
    }
}
