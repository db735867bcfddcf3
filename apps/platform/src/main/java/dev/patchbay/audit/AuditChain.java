package dev.patchbay.audit;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Reads a tenant's audit entries as a chain: each entry has the hash of itself and of all before it (docs/audit.md). */
@Component
public class AuditChain {

    private static final int PAGE_SIZE = 500;

    private final AuditChainRepository repository;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher audit;

    AuditChain(AuditChainRepository repository, Tenancy tenancy, ApplicationEventPublisher audit) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.audit = audit;
    }

    /** Returns the end of the tenant's chain and the number of entries that are not sealed yet. */
    public AuditHead head(TenantId tenant) {
        return tenancy.inTenant(tenant, () -> repository.findStatus(tenant).head());
    }

    /**
     * Determines the range of an export and records the export in the audit trail.
     *
     * @param after the sequence number after which the export begins; 0 for the whole chain
     */
    public AuditExport startExport(TenantId tenant, String actor, long after, CorrelationId correlation) {
        return tenancy.inTenant(tenant, () -> {
            var status = repository.findStatus(tenant);
            audit.publishEvent(new Auditable(
                    TenantScope.of(tenant),
                    actor,
                    "audit.exported",
                    "audit/" + (after + 1) + "-" + status.last(),
                    Optional.empty(),
                    Optional.of(status.head().hash()),
                    correlation));
            return new AuditExport(tenant, after, status.last(), status.head());
        });
    }

    /**
     * Writes the sealed entries as NDJSON, oldest first, and a last line with the head. Each page is read in a transaction of
     * its own, so memory and transactions stay small however long the chain is.
     *
     * @throws IOException when the client has disconnected
     */
    public void writeExport(AuditExport export, OutputStream out) throws IOException {
        long written = export.after();
        List<ExportLine> page;
        do {
            long after = written;
            page = tenancy.inTenant(export.tenant(), () -> repository.listAfter(export, after, PAGE_SIZE));
            for (ExportLine line : page) {
                out.write(Hashing.utf8(line.text() + "\n"));
                written = line.seq();
            }
        } while (page.size() == PAGE_SIZE);
        out.write(Hashing.utf8(headLine(export) + "\n"));
    }

    private static String headLine(AuditExport export) {
        var head = Json.object()
                .put("hash", export.head().hash())
                .put("seq", export.head().seq())
                .put("tenantId", export.tenant().value())
                .put("unsealed", export.head().unsealed());
        return Json.write(Json.object().set("head", head));
    }
}
