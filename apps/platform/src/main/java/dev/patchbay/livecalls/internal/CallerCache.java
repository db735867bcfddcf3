package dev.patchbay.livecalls.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.flows.history.RunHistory;
import dev.patchbay.flows.history.RunHistory.Booking;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Caches the CRM's latest answer about each caller, sealed with the tenant's key, and finds the caller's last appointment. */
@Component
class CallerCache {

    private final Tenancy tenancy;
    private final CallerRepository repository;
    private final RunHistory runHistory;
    private final Sealing sealing;

    CallerCache(Tenancy tenancy, CallerRepository repository, RunHistory runHistory, Sealing sealing) {
        this.tenancy = tenancy;
        this.repository = repository;
        this.runHistory = runHistory;
        this.sealing = sealing;
    }

    /**
     * Caches an answer of the CRM, unless the answer to a later request is cached already.
     *
     * @param requestedAt when the CRM was asked
     */
    void put(TenantId tenant, ClientId client, PhoneNumber phone, JsonNode contacts, Instant requestedAt) {
        byte[] digest = CallerDigests.digest(client, phone);
        byte[] sealed = sealing.seal(tenant, sealedName(digest), Hashing.utf8(Json.write(contacts)));
        tenancy.inTenant(tenant, () -> repository.put(tenant, client, digest, sealed, requestedAt));
    }

    Optional<JsonNode> find(TenantId tenant, ClientId client, PhoneNumber phone) {
        byte[] digest = CallerDigests.digest(client, phone);
        return tenancy.inTenant(tenant, () -> repository.find(tenant, client, digest))
                .map(stored -> Json.read(sealing.open(tenant, sealedName(digest), stored)));
    }

    /** Binds what is sealed to its caller: it opens under this name only. */
    private static String sealedName(byte[] digest) {
        return "live-caller/" + HexFormat.of().formatHex(digest);
    }

    /** The time of the appointment that was booked last for this caller, by a flow or during a call, as written then. */
    Optional<String> findLastAppointment(TenantId tenant, ClientId client, PhoneNumber phone) {
        return tenancy.inTenant(
                        tenant,
                        () -> Stream.concat(
                                        runHistory.findLastBooking(tenant, client, phone).stream(),
                                        repository
                                                .findLastBooking(tenant, client, CallerDigests.digest(client, phone))
                                                .stream())
                                .max(Comparator.comparing(Booking::bookedAt)))
                .map(Booking::startLocal);
    }
}
