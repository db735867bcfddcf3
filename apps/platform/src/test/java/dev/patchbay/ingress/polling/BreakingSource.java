package dev.patchbay.ingress.polling;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.PollSource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A poll source that fails, of a provider that no other source polls. */
final class BreakingSource implements PollSource {

    final AtomicInteger reads = new AtomicInteger();
    volatile boolean discovered;

    @Override
    public String provider() {
        return "google";
    }

    @Override
    public Set<String> streams() {
        return Set.of("broken");
    }

    @Override
    public boolean canPoll(Account account) {
        if (!discovered) {
            throw new IllegalStateException("broken");
        }
        return true;
    }

    @Override
    public Page read(Account account, String stream, Optional<String> cursor, Instant from) {
        reads.incrementAndGet();
        throw new IllegalStateException("broken");
    }
}
