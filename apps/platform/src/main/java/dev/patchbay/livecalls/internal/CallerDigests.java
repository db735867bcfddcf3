package dev.patchbay.livecalls.internal;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantScope;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** The digests under which live calls of a phone number are stored: one for each client that it may have called. */
@Component
class CallerDigests {

    private final Clients clients;

    CallerDigests(Clients clients) {
        this.clients = clients;
    }

    /** A caller of one client. */
    record CallerDigest(ClientId client, byte[] digest) {}

    List<CallerDigest> find(TenantScope scope, Collection<PhoneNumber> phones) {
        return phones.isEmpty()
                ? List.of()
                : clients.list(scope, Integer.MAX_VALUE, "").stream()
                        .map(Client::id)
                        .flatMap(client ->
                                phones.stream().map(phone -> new CallerDigest(client, digest(client, phone))))
                        .toList();
    }

    /** Identifies a caller of a client without revealing the number. */
    static byte[] digest(ClientId client, PhoneNumber phone) {
        return Hashing.sha256(Hashing.utf8(client.value() + "/" + phone.e164()));
    }
}
