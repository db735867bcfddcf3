package dev.patchbay.effects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.patchbay.connections.PortBindings;
import dev.patchbay.connections.Routes;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The client's own phone numbers: those that lead to it, and the one its texts are sent from. They belong to no contact. */
@Component
public class OwnNumbers {

    private record Key(TenantId tenant, ClientId client) {}

    private final Routes routes;
    private final PortBindings bindings;

    /** As long as a changed route may be unknown elsewhere. */
    private final Cache<Key, Set<String>> cached = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(5))
            .build();

    OwnNumbers(Routes routes, PortBindings bindings) {
        this.routes = routes;
        this.bindings = bindings;
    }

    /** Whether the number (E.164) is the client's own; up to five seconds late after a change. */
    public boolean contain(TenantId tenant, ClientId client, String number) {
        return cached.get(new Key(tenant, client), this::load).contains(number);
    }

    private Set<String> load(Key key) {
        Stream<String> senders = bindings.list(TenantScope.of(key.tenant(), key.client())).stream()
                .filter(binding -> binding.port().equals("messaging"))
                .map(binding -> binding.settings().path("from").asString(""));
        return Stream.concat(routes.findNumbers(key.tenant(), key.client()).stream(), senders)
                .filter(number -> !number.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
