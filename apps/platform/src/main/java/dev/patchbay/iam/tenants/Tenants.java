package dev.patchbay.iam.tenants;

import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import org.springframework.stereotype.Component;

/** Manages the agencies of this installation. */
@Component
public class Tenants {

    /** The tenant of the installation's operators; only its administrators reach beyond their tenant. */
    public static final TenantId PLATFORM = new TenantId("tnt_platform");

    private final TenantRepository repository;
    private final Tenancy tenancy;
    private final ChangeAudit audit;

    Tenants(TenantRepository repository, Tenancy tenancy, ChangeAudit audit) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.audit = audit;
    }

    /** Returns the name of the agency. */
    public String findName(TenantId id) {
        return tenancy.inTenant(id, () -> repository.findName(id));
    }

    /** Creates the tenant unless it exists, and records this in the tenant's own audit trail. */
    public void createIfAbsent(TenantId id, String actor, String name) {
        tenancy.inTenant(id, () -> {
            if (repository.insertIfAbsent(id, name)) {
                audit.recordChange(TenantScope.of(id), actor, "tenant.created", "tenant/" + id, null, name);
            }
        });
    }

    /** Records in the platform's audit trail that one of its users creates an agency. */
    public void recordCreation(TenantId id, String actor, String name) {
        tenancy.inTenant(
                PLATFORM,
                () -> audit.recordChange(
                        TenantScope.of(PLATFORM), actor, "tenant.created", "tenant/" + id, null, name));
    }

    /** Creates the tenant, or renames the existing one, without an audit entry. It serves development data and tests. */
    public void save(TenantId id, String name) {
        tenancy.inTenant(id, () -> repository.save(id, name));
    }
}
