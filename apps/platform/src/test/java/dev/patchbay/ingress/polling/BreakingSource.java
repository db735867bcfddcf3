package dev.patchbay.ingress.polling;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.PollSource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An adapter with a fault of its own; of a provider that nobody else reads. */
final class BreakingSource implements PollSource {

    final AtomicInteger asked = new AtomicInteger();
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
        asked.incrementAndGet();
        throw new IllegalStateException("broken");
    }
}
