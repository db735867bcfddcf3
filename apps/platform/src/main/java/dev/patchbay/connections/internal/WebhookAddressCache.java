package dev.patchbay.connections.internal;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Every webhook address there is, by the digest of its key. An address that is not among them is looked for in the
 * database at most four times a second, whoever asks and however often: strangers who guess cost nothing, and a new
 * address is known everywhere a moment after it was made.
 */
final class WebhookAddressCache {

    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration LOOKED_FOR = Duration.ofMillis(250);

    private record Known(Map<String, WebhookEndpoint> addresses, Instant at) {}

    private final ConnectionRepository rows;
    private final Tenancy tenancy;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Known known = new Known(Map.of(), Instant.EPOCH);

    WebhookAddressCache(ConnectionRepository rows, Tenancy tenancy, Clock clock) {
        this.rows = rows;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    Optional<WebhookEndpoint> find(String provider, String key) {
        String name = name(provider, Hashing.sha256(Hashing.utf8(key)));
        WebhookEndpoint address = upTo(KEPT).get(name);
        return Optional.ofNullable(address == null ? upTo(LOOKED_FOR).get(name) : address);
    }

    private boolean await() {
        reading.lock();
        return true;
    }

    void forget() {
        known = new Known(Map.of(), Instant.EPOCH);
    }

    private Map<String, WebhookEndpoint> upTo(Duration age) {
        // Whoever comes while somebody reads makes do with what is known; only the first ever have to wait.
        if (isOlder(age) && (known.at().equals(Instant.EPOCH) ? await() : reading.tryLock())) {
            try {
                if (isOlder(age)) {
                    // Stamped before it is read: what is made meanwhile is looked for again.
                    Instant now = clock.instant();
                    known = new Known(tenancy.throughDefinerFunction(rows::ingressAddresses), now);
                }
            } finally {
                reading.unlock();
            }
        }
        return known.addresses();
    }

    private boolean isOlder(Duration age) {
        return known.at().plus(age).isBefore(clock.instant());
    }

    static String name(String provider, byte[] hash) {
        return provider + "/" + HexFormat.of().formatHex(hash);
    }
}
