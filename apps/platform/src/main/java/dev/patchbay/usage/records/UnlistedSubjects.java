package dev.patchbay.usage.records;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds subjects that are recorded and that a provider's list, which should have them, does not contain. */
@Component
public class UnlistedSubjects {

    /** Each costs a request to the provider; the rest follows with the next pass. */
    private static final int MAX_SUBJECTS = 500;

    private final SnapshotRepository snapshots;
    private final Tenancy tenancy;

    UnlistedSubjects(SnapshotRepository snapshots, Tenancy tenancy) {
        this.snapshots = snapshots;
        this.tenancy = tenancy;
    }

    /** Subjects that began from one moment up to another and are not among the listed ones. */
    public List<String> find(
            TenantId tenant, ConnectionId connection, Instant from, Instant to, Collection<String> listed) {
        return tenancy.inTenant(
                tenant, () -> snapshots.findUnlisted(tenant, connection, from, to, listed, MAX_SUBJECTS));
    }
}
