package dev.patchbay.ingress.ingestion;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
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
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Records rejected webhooks for the operator: reason, origin and count, never the body. Rejections are counted in memory and
 * written every few seconds, so that a flood of them becomes one row.
 */
@Component
public class Rejections extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /**
     * Beyond these numbers of kinds between two writes, rejections are counted without their address. Unknown addresses have a
     * limit of their own, so that they do not use up the tenants' limit.
     */
    private static final int MAX_KINDS_OF_TENANTS = 1_000;

    private static final int MAX_KINDS_UNADDRESSED = 50;
    private static final String NO_TENANT = "";
    private static final String ANY_ADDRESS = "elsewhere";
    private static final byte[] NO_BODY = Hashing.sha256(new byte[0]);

    private final RejectionRepository repository;
    private final Tenancy tenancy;
    private final Clock clock;
    private final Map<Kind, Tally> ofTenants = new HashMap<>();
    private final Map<Kind, Tally> unaddressed = new HashMap<>();

    Rejections(RejectionRepository repository, Tenancy tenancy, Clock clock) {
        super("rejections", INTERVAL, true);
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** @param tenant the tenant; an empty text for a request to an unknown address */
    record Kind(String tenant, Instant minute, String provider, String connection, ProblemType reason, String address) {

        Kind withoutAddress() {
            return new Kind(tenant, minute, provider, connection, reason, ANY_ADDRESS);
        }
    }

    /** Holds the number of rejections of a kind, and the digest of the last body. */
    record Tally(long count, byte[] digest, Instant last) {}

    /** Returns the rejections at the tenant's own addresses, latest first. */
    public List<Rejection> list(TenantId tenant, int limit) {
        return tenancy.inTenant(tenant, () -> repository.list(tenant, limit));
    }

    /**
     * Returns the rejections at unknown addresses, latest first. They belong to no tenant, so the caller must be an operator.
     */
    public List<Rejection> listUnaddressed(int limit) {
        return tenancy.throughDefinerFunction(() -> repository.listUnaddressed(limit));
    }

    /** Records a request that was rejected before its body was read. */
    public void record(String provider, ProblemType reason, String address) {
        record(Optional.empty(), provider, reason, address, NO_BODY);
    }

    void record(Optional<WebhookEndpoint> endpoint, String provider, ProblemType reason, ReceivedWebhook webhook) {
        record(
                endpoint,
                provider,
                reason,
                webhook.remoteAddress(),
                Hashing.sha256(webhook.delivery().body()));
    }

    private void record(
            Optional<WebhookEndpoint> endpoint, String provider, ProblemType reason, String address, byte[] digest) {
        Instant now = clock.instant();
        var kind = new Kind(
                endpoint.map(found -> found.tenant().value()).orElse(NO_TENANT),
                now.truncatedTo(ChronoUnit.MINUTES),
                provider,
                endpoint.map(found -> found.connectionId().value()).orElse(""),
                reason,
                network(address));
        add(kind, new Tally(1, digest, now));
    }

    /**
     * Returns the address, or of an IPv6 address the /64 network, which belongs to one customer; the customer chooses the other
     * half.
     */
    private static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length < 5 ? address : String.join(":", List.of(groups).subList(0, 4)) + "::/64";
    }

    private synchronized void add(Kind kind, Tally one) {
        boolean isUnaddressed = kind.tenant().equals(NO_TENANT);
        var kinds = isUnaddressed ? unaddressed : ofTenants;
        int maxKinds = isUnaddressed ? MAX_KINDS_UNADDRESSED : MAX_KINDS_OF_TENANTS;
        boolean hasRoom = kinds.size() < maxKinds || kinds.containsKey(kind);
        kinds.merge(
                hasRoom ? kind : kind.withoutAddress(),
                one,
                (before, after) -> new Tally(before.count() + after.count(), after.digest(), after.last()));
    }

    private synchronized Map<Kind, Tally> drain() {
        var drained = new HashMap<>(ofTenants);
        drained.putAll(unaddressed);
        ofTenants.clear();
        unaddressed.clear();
        return drained;
    }

    /** Writes the tallies since the last write; after a failure they are kept for the next one. */
    void write() {
        var tallies = drain();
        if (tallies.isEmpty()) {
            return;
        }
        try {
            tenancy.throughDefinerFunction(() -> repository.add(List.copyOf(tallies.entrySet())));
        } catch (DataIntegrityViolationException unstorable) {
            writeOneByOne(tallies);
        } catch (RuntimeException databaseAway) {
            LOG.warn(
                    "rejections: {} tallies were not written; trying again in {}",
                    tallies.size(),
                    INTERVAL,
                    databaseAway);
            tallies.forEach(this::add);
        }
    }

    /** Writes the tallies one by one, so that one that cannot be stored does not lose the others. */
    private void writeOneByOne(Map<Kind, Tally> tallies) {
        tallies.entrySet().forEach(each -> {
            try {
                tenancy.throughDefinerFunction(() -> repository.add(List.of(each)));
            } catch (DataIntegrityViolationException unstorable) {
                LOG.warn(
                        "rejections: one of {} cannot be stored and is dropped",
                        each.getKey().provider(),
                        unstorable);
            }
        });
    }

    @Override
    protected void runOnce() {
        write();
    }

    /** Writes the remaining tallies before the process ends. */
    @Override
    public void stop() {
        super.stop();
        write();
    }
}
