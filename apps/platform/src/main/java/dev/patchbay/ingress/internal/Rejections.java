package dev.patchbay.ingress.internal;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.ProblemType;
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
public class Rejections extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    /** More kinds than this between two writings are added up without their address, nobody's apart from the tenants'. */
    private static final int MOST_OF_TENANTS = 1_000;

    private static final int MOST_OF_NOBODY = 50;
    private static final String NOBODY = "";
    private static final String ELSEWHERE = "elsewhere";
    private static final byte[] NO_BODY = Hashing.sha256(new byte[0]);

    private final RejectionRepository rows;
    private final Tenancy tenancy;
    private final Clock clock;
    private final Map<Kind, Tally> ofTenants = new HashMap<>();
    private final Map<Kind, Tally> ofNobody = new HashMap<>();

    Rejections(RejectionRepository rows, Tenancy tenancy, Clock clock) {
        super("rejections", EVERY, true);
        this.rows = rows;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** @param tenant empty text where the address is nobody's */
    record Kind(String tenant, Instant minute, String provider, String connection, String reason, String address) {

        Kind elsewhere() {
            return new Kind(tenant, minute, provider, connection, reason, ELSEWHERE);
        }
    }

    /** How many of a kind, and the digest of the last one's body. */
    record Tally(long count, byte[] digest, Instant last) {}

    /** Counts a request that was refused before its body was read. */
    public void note(String provider, ProblemType reason, String address) {
        note(Optional.empty(), provider, reason, address, NO_BODY);
    }

    void note(Optional<WebhookEndpoint> ingress, String provider, ProblemType reason, Webhook webhook) {
        note(
                ingress,
                provider,
                reason,
                webhook.address(),
                Hashing.sha256(webhook.delivery().body()));
    }

    private void note(
            Optional<WebhookEndpoint> ingress, String provider, ProblemType reason, String address, byte[] digest) {
        Instant now = clock.instant();
        var kind = new Kind(
                ingress.map(known -> known.tenant().value()).orElse(NOBODY),
                now.truncatedTo(ChronoUnit.MINUTES),
                provider,
                ingress.map(it -> it.connectionId().value()).orElse(""),
                reason.code(),
                network(address));
        add(kind, new Tally(1, digest, now));
    }

    /** Of an IPv6 address its first half, which is one customer's: the other half is his to make up. */
    private static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length < 5 ? address : String.join(":", List.of(groups).subList(0, 4)) + "::/64";
    }

    private synchronized void add(Kind kind, Tally one) {
        boolean nobodys = kind.tenant().equals(NOBODY);
        var kinds = nobodys ? ofNobody : ofTenants;
        boolean roomy = kinds.size() < (nobodys ? MOST_OF_NOBODY : MOST_OF_TENANTS) || kinds.containsKey(kind);
        kinds.merge(
                roomy ? kind : kind.elsewhere(),
                one,
                (before, after) -> new Tally(before.count() + after.count(), after.digest(), after.last()));
    }

    private synchronized Map<Kind, Tally> take() {
        var taken = new HashMap<>(ofTenants);
        taken.putAll(ofNobody);
        ofTenants.clear();
        ofNobody.clear();
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
