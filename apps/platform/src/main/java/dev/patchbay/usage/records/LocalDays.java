package dev.patchbay.usage.records;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * The local days of one batch: each client's by its time zone, computed here and nowhere else, and those of usage without a
 * client in UTC.
 */
final class LocalDays {

    private final Clients clients;
    private final TenantId tenant;
    private final Map<String, ZoneId> zones = new HashMap<>();

    LocalDays(Clients clients, TenantId tenant) {
        this.clients = clients;
        this.tenant = tenant;
    }

    LocalDate dayOf(String client, Instant moment) {
        return LocalDate.ofInstant(moment, zones.computeIfAbsent(client, this::findZone));
    }

    private ZoneId findZone(String client) {
        return client.isEmpty()
                ? ZoneOffset.UTC
                : clients.find(TenantScope.of(tenant), new ClientId(client))
                        .map(Client::zone)
                        .orElse(ZoneOffset.UTC);
    }
}
