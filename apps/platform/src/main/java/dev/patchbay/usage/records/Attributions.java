package dev.patchbay.usage.records;

import dev.patchbay.connections.RouteMapped;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.records.UsageRecord.Current;
import dev.patchbay.usage.records.UsageRecord.Reason;
import dev.patchbay.usage.records.UsageRecord.Reversal;
import dev.patchbay.usage.records.UsageRecord.Transfer;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The clients of sources. A mapping is dated: the start of a call decides, and the next mapping ends the one before.
 * Usage that was recorded under another client moves: it is reversed there and added here.
 */
@Component
public class Attributions {

    private static final Logger LOG = LoggerFactory.getLogger(Attributions.class);
    private static final int MAX_ATTEMPTS = 5;
    private static final int BATCH_SIZE = 5_000;

    private final AttributionRepository repository;
    private final RecordRepository records;
    private final StreamRepository streams;
    private final Rollups rollups;
    private final Clients clients;
    private final Tenancy tenancy;
    private final Clock clock;

    Attributions(
            AttributionRepository repository,
            RecordRepository records,
            StreamRepository streams,
            Rollups rollups,
            Clients clients,
            Tenancy tenancy,
            Clock clock) {
        this.repository = repository;
        this.records = records;
        this.streams = streams;
        this.rollups = rollups;
        this.clients = clients;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** The client that held at that moment; empty text for none. */
    static String clientAt(@Nullable NavigableMap<Instant, String> byStart, Instant moment) {
        var entry = byStart == null ? null : byStart.floorEntry(moment);
        return entry == null ? "" : entry.getValue();
    }

    @EventListener
    void follow(RouteMapped route) {
        try {
            follow(
                    route.tenant(),
                    route.connectionId(),
                    new Source(route.kind(), route.externalId()),
                    Optional.of(route.client().value()));
        } catch (RuntimeException failure) {
            LOG.warn(
                    "{} {}: its usage did not follow the mapping; the next collection tries again",
                    route.kind(),
                    route.externalId(),
                    failure);
        }
    }

    /**
     * Brings the attribution up to date with the route. The first mapping holds from the beginning; usage without a client
     * follows a later mapping; another client holds from now on.
     *
     * @param client empty when the source has no route
     */
    public void follow(TenantId tenant, ConnectionId connection, Source source, Optional<String> client) {
        NavigableMap<Instant, String> before = tenancy.inTenant(
                tenant,
                () -> repository.find(tenant, connection, Set.of(source)).getOrDefault(source, new TreeMap<>()));
        var last = before.lastEntry();
        String now = client.orElse("");
        if (last == null ? now.isEmpty() : last.getValue().equals(now)) {
            return;
        }
        Instant from = last == null ? Instant.EPOCH : last.getValue().isEmpty() ? last.getKey() : clock.instant();
        map(tenant, connection, source, from, now);
    }

    /**
     * Attributes the source's usage from that moment on, until the next mapping, and moves what was recorded elsewhere.
     *
     * @param client empty text ends a mapping
     * @return the number of records that moved
     */
    public int map(TenantId tenant, ConnectionId connection, Source source, Instant from, String client) {
        for (int attempt = 1; ; attempt++) {
            try {
                int moved = tenancy.inTenant(tenant, () -> move(tenant, connection, source, from, client));
                rollups.catchUp(tenant);
                return moved;
            } catch (AttributionChanged repeated) {
                if (attempt == MAX_ATTEMPTS) {
                    throw repeated;
                }
            }
        }
    }

    private int move(TenantId tenant, ConnectionId connection, Source source, Instant from, String client) {
        Instant to = findEnd(tenant, connection, source, from);
        Set<String> involved = owners(records.findOfOthers(tenant, connection, source, client, from, to));
        // Collectors write usage without a client under the empty stream: they wait, or see this mapping.
        involved.addAll(List.of(client, ""));
        involved.addAll(repository
                .find(tenant, connection, Set.of(source))
                .getOrDefault(source, new TreeMap<>())
                .values());
        var positions = new StreamPositions(streams.lock(tenant, involved));
        List<Current> affected = records.findOfOthers(tenant, connection, source, client, from, to);
        if (!owners(affected).stream().allMatch(positions::holds)) {
            throw new AttributionChanged();
        }
        repository.save(tenant, connection, source, from, client);
        var days = new LocalDays(clients, tenant);
        for (int at = 0; at < affected.size(); at += BATCH_SIZE) {
            var reversals = new ArrayList<Reversal>();
            var transfers = new ArrayList<Transfer>();
            for (Current record : affected.subList(at, Math.min(at + BATCH_SIZE, affected.size()))) {
                UsageRecord.Key key = positions.next(record.key().client());
                reversals.add(new Reversal(record, key, Reason.ATTRIBUTED));
                transfers.add(new Transfer(record, positions.next(client), days.dayOf(client, record.occurredAt())));
            }
            records.reverse(tenant, reversals);
            records.transfer(tenant, transfers);
        }
        streams.advance(tenant, positions.written());
        return affected.size();
    }

    private static Set<String> owners(List<Current> affected) {
        return affected.stream().map(record -> record.key().client()).collect(Collectors.toCollection(HashSet::new));
    }

    /** Whether no later mapping of the source follows that moment. */
    boolean isLast(TenantId tenant, ConnectionId connection, Source source, Instant from) {
        return tenancy.inTenant(tenant, () -> findEnd(tenant, connection, source, from)) == null;
    }

    /** When the next mapping of the source begins; null when there is none. */
    private @Nullable Instant findEnd(TenantId tenant, ConnectionId connection, Source source, Instant from) {
        Map<Source, NavigableMap<Instant, String>> found = repository.find(tenant, connection, Set.of(source));
        return Optional.ofNullable(found.get(source))
                .map(byStart -> byStart.higherKey(from))
                .orElse(null);
    }
}
