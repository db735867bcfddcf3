package dev.patchbay.iam.sessions;

import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.access.Access;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sessions of the platform at a time of a test's choice. */
@Component
public final class ClockedSessions {

    private final SessionRepository repository;
    private final Access access;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final SessionSettings settings;

    ClockedSessions(
            SessionRepository repository, Access access, Tenancy tenancy, ChangeAudit audit, SessionSettings settings) {
        this.repository = repository;
        this.access = access;
        this.tenancy = tenancy;
        this.audit = audit;
        this.settings = settings;
    }

    public Sessions at(Clock clock) {
        return new Sessions(repository, access, tenancy, audit, settings, clock);
    }

    /** The session as it is stored, also when it is not active. */
    public Optional<Session> find(TenantId tenant, SessionId id) {
        return tenancy.inTenant(tenant, () -> repository.find(tenant, id));
    }
}
