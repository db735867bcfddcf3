package dev.patchbay.usage.records;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * The daily sums. A day is always rebuilt as a whole from its records up to one sequence, so that building it again, or all days
 * at once, gives the same.
 */
@Component
public class Rollups {

    private final RollupRepository repository;
    private final StreamRepository streams;
    private final Tenancy tenancy;

    Rollups(RollupRepository repository, StreamRepository streams, Tenancy tenancy) {
        this.repository = repository;
        this.streams = streams;
        this.tenancy = tenancy;
    }

    /** Rebuilds the days that have got records since they were last built; one transaction a client. */
    public void catchUp(TenantId tenant) {
        List<String> behind = tenancy.inTenant(tenant, () -> repository.findBehind(tenant));
        behind.forEach(client -> tenancy.inTenant(tenant, () -> catchUp(tenant, client)));
    }

    private void catchUp(TenantId tenant, String client) {
        long after = repository.lock(tenant, client);
        long upto = repository.findSequence(tenant, client);
        if (upto > after) {
            repository.rebuild(tenant, client, repository.findDays(tenant, client, after, upto), upto);
        }
    }

    /** Days, by client, whose kept sums differ from sums over all records; there are none unless something is broken. */
    public Map<String, List<LocalDate>> verify(TenantId tenant) {
        catchUp(tenant);
        return tenancy.inTenant(tenant, () -> {
            var different = new TreeMap<String, List<LocalDate>>();
            for (String client : streams.list(tenant).keySet()) {
                List<LocalDate> days = repository.findDifferences(tenant, client, repository.lock(tenant, client));
                if (!days.isEmpty()) {
                    different.put(client, days);
                }
            }
            return different;
        });
    }
}
