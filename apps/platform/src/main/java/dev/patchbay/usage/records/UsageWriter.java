package dev.patchbay.usage.records;

import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.records.SnapshotRepository.Latest;
import dev.patchbay.usage.records.UsageBatch.Written;
import dev.patchbay.usage.records.UsageRecord.Current;
import dev.patchbay.usage.records.UsageRecord.Reason;
import dev.patchbay.usage.records.UsageRecord.Reversal;
import dev.patchbay.usage.spi.UsageStatement;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes statements as snapshots and records. An unchanged statement writes nothing; a changed one reverses the records of the
 * one before and adds its own, under one sequence number. Everything of a batch is written, or nothing.
 */
@Component
public class UsageWriter {

    private static final String VANISHED = "{\"vanished\": true}";
    private static final byte[] VANISHED_DIGEST = Hashing.sha256(Hashing.utf8(VANISHED));

    private final StreamRepository streams;
    private final SnapshotRepository snapshots;
    private final RecordRepository records;
    private final AttributionRepository attributions;
    private final Clients clients;
    private final Tenancy tenancy;
    private final Clock clock;

    UsageWriter(
            StreamRepository streams,
            SnapshotRepository snapshots,
            RecordRepository records,
            AttributionRepository attributions,
            Clients clients,
            Tenancy tenancy,
            Clock clock) {
        this.streams = streams;
        this.snapshots = snapshots;
        this.records = records;
        this.attributions = attributions;
        this.clients = clients;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** A statement to be written as that revision. */
    private record Revision(UsageStatement statement, byte[] digest, int number, Snapshot.Outcome outcome) {

        Snapshot toSnapshot() {
            return new Snapshot(
                    statement.subject(),
                    number,
                    outcome,
                    statement.occurredAt(),
                    digest,
                    Json.write(statement.statement()));
        }
    }

    /**
     * Writes the batch; joins the tenant's transaction. The caller lets no other batch of the connection run meanwhile.
     *
     * @throws AttributionChanged when the transaction has to be repeated
     */
    public Written write(UsageBatch batch) {
        return tenancy.inTenant(batch.tenant(), () -> {
            List<Revision> revisions = findRevisions(batch);
            if (revisions.isEmpty()) {
                return new Written(0, 0, 0, 0);
            }
            return writeRevisions(batch, revisions);
        });
    }

    /** The statements that differ from the last one of their subject; of several of one subject in a batch, the last. */
    private List<Revision> findRevisions(UsageBatch batch) {
        Map<String, UsageStatement> bySubject = new LinkedHashMap<>();
        batch.statements().forEach(statement -> bySubject.put(statement.subject(), statement));
        Set<String> subjects = new HashSet<>(bySubject.keySet());
        subjects.addAll(batch.vanished());
        Map<String, Latest> latest = snapshots.findLatest(batch.tenant(), batch.connection(), subjects);
        var revisions = new ArrayList<Revision>();
        for (UsageStatement statement : bySubject.values()) {
            Latest before = latest.get(statement.subject());
            byte[] digest = Json.digest(statement.statement());
            if (before == null) {
                var outcome = batch.isLate(statement.occurredAt()) ? Snapshot.Outcome.LATE : Snapshot.Outcome.STATED;
                revisions.add(new Revision(statement, digest, 1, outcome));
            } else if (!Arrays.equals(before.digest(), digest)) {
                revisions.add(new Revision(statement, digest, before.revision() + 1, Snapshot.Outcome.CORRECTED));
            }
        }
        for (String subject : batch.vanished()) {
            Latest before = latest.get(subject);
            if (before != null && before.outcome() != Snapshot.Outcome.VANISHED) {
                revisions.add(new Revision(
                        withoutCharges(subject, before.occurredAt()),
                        VANISHED_DIGEST,
                        before.revision() + 1,
                        Snapshot.Outcome.VANISHED));
            }
        }
        return revisions;
    }

    private static UsageStatement withoutCharges(String subject, Instant occurredAt) {
        return new UsageStatement(subject, occurredAt, new Source("", ""), null, null, Json.read(VANISHED), List.of());
    }

    private Written writeRevisions(UsageBatch batch, List<Revision> revisions) {
        var tenant = batch.tenant();
        List<Current> reversed = new ArrayList<>(
                records.findCurrent(tenant, batch.connection(), subjects(revisions, number -> number > 1)));
        // A call that was accepted from an invoice before it was stated is stated now.
        reversed.addAll(records.findAccepted(tenant, batch.connection(), subjects(revisions, number -> number == 1)));
        Set<String> involved = new HashSet<>(
                reversed.stream().map(record -> record.key().client()).toList());
        var sources = revisions.stream()
                .map(revision -> revision.statement().source())
                .collect(Collectors.toSet());
        involved.addAll(clientsOf(revisions, attributions.find(tenant, batch.connection(), sources)));
        var positions = new StreamPositions(streams.lock(tenant, involved));
        // A mapping holds the streams that it moves usage between: now it is either done or waits for this transaction.
        var mapped = attributions.find(tenant, batch.connection(), sources);
        if (!clientsOf(revisions, mapped).stream().allMatch(positions::holds)) {
            throw new AttributionChanged();
        }
        snapshots.insert(
                tenant,
                batch.connection(),
                revisions.stream().map(Revision::toSnapshot).toList(),
                clock.instant());
        records.reverse(
                tenant,
                reversed.stream()
                        .map(record ->
                                new Reversal(record, positions.next(record.key().client()), Reason.CORRECTED))
                        .toList());
        List<UsageRecord> added = toRecords(revisions, mapped, reversed, positions, new LocalDays(clients, tenant));
        records.insert(tenant, batch.connection(), added);
        streams.advance(tenant, positions.written());
        return count(revisions, mapped);
    }

    private static List<String> subjects(List<Revision> revisions, IntPredicate number) {
        return revisions.stream()
                .filter(revision -> number.test(revision.number()))
                .map(revision -> revision.statement().subject())
                .toList();
    }

    private static Set<String> clientsOf(
            Collection<Revision> revisions, Map<Source, NavigableMap<Instant, String>> mapped) {
        return revisions.stream()
                .filter(revision -> !revision.statement().charges().isEmpty())
                .map(revision -> clientOf(revision.statement(), mapped))
                .collect(Collectors.toSet());
    }

    private static String clientOf(UsageStatement statement, Map<Source, NavigableMap<Instant, String>> mapped) {
        return Attributions.clientAt(mapped.get(statement.source()), statement.occurredAt());
    }

    private static List<UsageRecord> toRecords(
            List<Revision> revisions,
            Map<Source, NavigableMap<Instant, String>> mapped,
            List<Current> reversed,
            StreamPositions positions,
            LocalDays days) {
        Map<String, Current> before = new LinkedHashMap<>();
        reversed.forEach(record -> before.put(record.subject(), record));
        var added = new ArrayList<UsageRecord>();
        for (Revision revision : revisions) {
            UsageStatement statement = revision.statement();
            String client = clientOf(statement, mapped);
            LocalDate day = dayOf(statement, client, before.get(statement.subject()), days);
            for (UsageStatement.Charge charge : statement.charges()) {
                added.add(new UsageRecord(
                        positions.next(client),
                        statement.subject(),
                        revision.number(),
                        charge,
                        statement.source(),
                        statement.agentId(),
                        statement.agentVersion(),
                        statement.occurredAt(),
                        day,
                        revision.number() == 1 ? Reason.STATED : Reason.CORRECTED));
            }
        }
        return added;
    }

    /** A corrected call stays on its day, even when its client has moved to another time zone since. */
    private static LocalDate dayOf(UsageStatement statement, String client, @Nullable Current before, LocalDays days) {
        if (before != null
                && before.key().client().equals(client)
                && before.occurredAt().equals(statement.occurredAt())) {
            return before.localDay();
        }
        return days.dayOf(client, statement.occurredAt());
    }

    private static Written count(List<Revision> revisions, Map<Source, NavigableMap<Instant, String>> mapped) {
        int fresh = 0;
        int vanished = 0;
        int unattributed = 0;
        for (Revision revision : revisions) {
            fresh += revision.number() == 1 ? 1 : 0;
            vanished += revision.outcome() == Snapshot.Outcome.VANISHED ? 1 : 0;
            boolean charged = !revision.statement().charges().isEmpty();
            unattributed += charged && clientOf(revision.statement(), mapped).isEmpty() ? 1 : 0;
        }
        return new Written(fresh, revisions.size() - fresh - vanished, vanished, unattributed);
    }
}
