package dev.patchbay.flows.internal.live;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantScope;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Under which digests live calls of a telephone number are kept: one for each client it may have called. */
@Component
public class CallerDigests {

    private final Clients clients;

    CallerDigests(Clients clients) {
        this.clients = clients;
    }

    /** A caller of one client. */
    public record Digest(ClientId client, byte[] caller) {}

    public List<Digest> of(TenantScope scope, Collection<PhoneNumber> phones) {
        return phones.isEmpty()
                ? List.of()
                : clients.list(scope, Integer.MAX_VALUE, "").stream()
                        .map(Client::id)
                        .flatMap(client ->
                                phones.stream().map(phone -> new Digest(client, CallerCache.digest(client, phone))))
                        .toList();
    }
}
