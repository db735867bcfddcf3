package dev.patchbay.effects.internal.ratelimit;

import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Calls that request tokens, return when the rate limiter tells them to, and start when it admits them. */
final class CallQueue {

    /** A call that was admitted. */
    record AdmittedCall(ClientId client, Instant at, int tries) {}

    private record Call(RateLimiter process, ClientId client, Instant due, int tries) {}

    private final SettableClock clock;
    private final TenantId tenant;
    private final String connection;
    private final List<Quota> quotas;
    private final PriorityQueue<Call> waiting = new PriorityQueue<>(Comparator.comparing(Call::due));
    private final List<AdmittedCall> admitted = new ArrayList<>();

    CallQueue(SettableClock clock, TenantId tenant, String connection, List<Quota> quotas) {
        this.clock = clock;
        this.tenant = tenant;
        this.connection = connection;
        this.quotas = quotas;
    }

    CallQueue add(RateLimiter process, ClientId client, int calls, Instant at) {
        for (int i = 0; i < calls; i++) {
            waiting.add(new Call(process, client, at, 0));
        }
        return this;
    }

    /** Advances the clock until no call waits, or to that time. */
    List<AdmittedCall> runUntil(Instant end) {
        while (!waiting.isEmpty() && !waiting.element().due().isAfter(end)) {
            Call call = waiting.remove();
            clock.set(call.due());
            Duration wait = call.process().admit(tenant, connection, call.client(), quotas);
            if (wait.isZero()) {
                admitted.add(new AdmittedCall(call.client(), call.due(), call.tries() + 1));
            } else {
                waiting.add(new Call(call.process(), call.client(), call.due().plus(wait), call.tries() + 1));
            }
        }
        return admitted;
    }

    /** The maximum number of calls that were admitted in any period of that length. */
    static int maxWithin(List<AdmittedCall> gone, Duration stretch) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < gone.size(); last++) {
            while (!gone.get(first).at().isAfter(gone.get(last).at().minus(stretch))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
