package dev.patchbay.audit;

import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import org.springframework.stereotype.Component;

/** The audit entries within a scope. */
@Component
public class AuditTrail {

    private final AuditTrailRepository repository;
    private final Tenancy tenancy;

    AuditTrail(AuditTrailRepository repository, Tenancy tenancy) {
        this.repository = repository;
        this.tenancy = tenancy;
    }

    /** Newest first; one more than the query's limit where there are more. */
    public List<AuditEntry> list(TenantScope scope, AuditQuery query) {
        return tenancy.inTenant(scope.tenant(), () -> repository.list(scope, query, query.limit() + 1));
    }
}
