package dev.patchbay.ingress.internal;

import dev.patchbay.connections.Ingress;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Recurring;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Remembers refused webhooks for whoever operates the platform: what, why, from where and how often, never the body. They
 * are added up in memory and written every few seconds, so that a flood of them is one row.
 */
@Component
public class Rejections extends Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    /** More kinds than this between two writings are added up without their address, and then not told apart at all. */
    private static final int MOST_KINDS = 1_000;

    private static final String ELSEWHERE = "elsewhere";
    private static final byte[] NO_BODY = Json.sha256(new byte[0]);

    private final RejectionRepository rows;
    private final Tenancy tenancy;
    private final Clock clock;
    private Map<Kind, Tally> tallies = new HashMap<>();

    Rejections(RejectionRepository rows, Tenancy tenancy, Clock clock) {
        super("rejections", EVERY, true);
        this.rows = rows;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** @param tenant empty text where the address is nobody's */
    record Kind(String tenant, Instant minute, String provider, String connection, String reason, String address) {}

    /** How many of a kind, and the digest of the last one's body. */
    record Tally(long count, byte[] digest, Instant last) {}

    /** Counts a request that was refused before its body was read. */
    public void note(String provider, ProblemType reason, String address) {
        note(Optional.empty(), provider, reason, address, NO_BODY);
    }

    void note(Optional<Ingress> ingress, String provider, ProblemType reason, Webhook webhook) {
        note(
                ingress,
                provider,
                reason,
                webhook.address(),
                Json.sha256(webhook.delivery().body()));
    }

    private void note(Optional<Ingress> ingress, String provider, ProblemType reason, String address, byte[] digest) {
        Instant now = clock.instant();
        var kind = new Kind(
                ingress.map(known -> known.tenant().value()).orElse(""),
                now.truncatedTo(ChronoUnit.MINUTES),
                provider,
                ingress.map(Ingress::connectionId).orElse(""),
                reason.code(),
                address);
        add(kind, new Tally(1, digest, now));
    }

    private synchronized void add(Kind kind, Tally one) {
        boolean roomy = tallies.size() < MOST_KINDS || tallies.containsKey(kind);
        Kind told = roomy ? kind : new Kind("", kind.minute(), kind.provider(), "", kind.reason(), ELSEWHERE);
        tallies.merge(
                told, one, (before, after) -> new Tally(before.count() + after.count(), after.digest(), after.last()));
    }

    private synchronized Map<Kind, Tally> take() {
        var taken = tallies;
        tallies = new HashMap<>();
        return taken;
    }

    /** Writes down what has gathered; after a failure it is kept for the next time. */
    void write() {
        var taken = take();
        if (taken.isEmpty()) {
            return;
        }
        try {
            tenancy.throughDoor(() -> rows.keep(List.copyOf(taken.entrySet())));
        } catch (RuntimeException databaseAway) {
            LOG.warn("refused webhooks could not be written down; trying again", databaseAway);
            taken.forEach(this::add);
        }
    }

    @Override
    protected void once() {
        write();
    }

    /** What has gathered until now is written before the process ends. */
    @Override
    public void stop() {
        super.stop();
        write();
    }
}
