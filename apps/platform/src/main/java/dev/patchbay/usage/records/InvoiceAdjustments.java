package dev.patchbay.usage.records;

import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.records.UsageRecord.Current;
import dev.patchbay.usage.records.UsageRecord.Reason;
import dev.patchbay.usage.spi.UsageSource.Window;
import dev.patchbay.usage.spi.UsageStatement.Charge;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Adds what a provider's invoice has beyond our records, as records with the reason {@code invoice}: to the client and day of the
 * call, or, without a call of ours, to the agency's own stream.
 */
@Component
public class InvoiceAdjustments {

    private static final Source INVOICE = new Source("invoice", "");

    private final RecordRepository records;
    private final StreamRepository streams;
    private final Clients clients;
    private final Tenancy tenancy;

    InvoiceAdjustments(RecordRepository records, StreamRepository streams, Clients clients, Tenancy tenancy) {
        this.records = records;
        this.streams = streams;
        this.clients = clients;
        this.tenancy = tenancy;
    }

    /**
     * Adds the charges to the subject; joins the tenant's transaction.
     *
     * @param period of the invoice
     * @param otherwise when the usage occurred, for a subject without records in the period
     */
    public void add(
            TenantId tenant,
            ConnectionId connection,
            String subject,
            List<Charge> charges,
            Window period,
            Instant otherwise) {
        tenancy.inTenant(tenant, () -> {
            Optional<Current> call = findCall(tenant, connection, subject);
            String client = call.map(record -> record.key().client()).orElse("");
            var positions = new StreamPositions(streams.lock(tenant, List.of(client)));
            if (!findCall(tenant, connection, subject).equals(call)) {
                throw new AttributionChanged();
            }
            // Usage that the provider charges in this period counts in it, whenever the call began.
            Optional<Current> within = call.filter(record -> isWithin(period, record.occurredAt()));
            Instant occurredAt = within.map(Current::occurredAt).orElse(otherwise);
            LocalDate day = within.map(Current::localDay)
                    .orElseGet(() -> new LocalDays(clients, tenant).dayOf(client, occurredAt));
            var added = new ArrayList<UsageRecord>();
            for (Charge charge : charges) {
                added.add(new UsageRecord(
                        positions.next(client),
                        subject,
                        1,
                        charge,
                        call.map(Current::source).orElse(INVOICE),
                        null,
                        null,
                        occurredAt,
                        day,
                        Reason.INVOICE));
            }
            records.insert(tenant, connection, added);
            streams.advance(tenant, positions.written());
        });
    }

    private static boolean isWithin(Window period, Instant moment) {
        return !moment.isBefore(period.from()) && moment.isBefore(period.to());
    }

    private Optional<Current> findCall(TenantId tenant, ConnectionId connection, String subject) {
        return records.findCurrent(tenant, connection, List.of(subject)).stream()
                .findFirst();
    }
}
