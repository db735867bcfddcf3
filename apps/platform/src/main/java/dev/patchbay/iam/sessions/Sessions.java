package dev.patchbay.iam.sessions;

import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sessions of users: an opaque secret in a cookie, stored as SHA-256. Each request looks it up, so ending a session takes effect
 * at once. A session expires unused ({@code patchbay.sessions.idle}) and at its maximum age ({@code …absolute}).
 */
@Component
public class Sessions {

    private static final Permission IMPERSONATE = Permission.of("impersonate:users");

    private final SessionRepository repository;
    private final Access access;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final SessionSettings settings;
    private final Clock clock;

    Sessions(
            SessionRepository repository,
            Access access,
            Tenancy tenancy,
            ChangeAudit audit,
            SessionSettings settings,
            Clock clock) {
        this.repository = repository;
        this.access = access;
        this.tenancy = tenancy;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** Opens a session of the user under a new secret. */
    public OpenedSession open(TenantId tenant, UserId user, SessionOrigin origin) {
        return open(tenant, user, origin, null, now().plus(settings.absolute()));
    }

    /** As {@link #open(TenantId, UserId, SessionOrigin)}, expiring at that time at the latest. */
    public OpenedSession open(
            TenantId tenant,
            UserId user,
            SessionOrigin origin,
            @Nullable Impersonation impersonation,
            Instant absoluteUntil) {
        Instant now = now();
        Instant end = absoluteUntil.truncatedTo(ChronoUnit.MILLIS);
        String secret = Secret.next();
        var session = new Session(
                SessionId.next(now),
                user,
                now,
                now,
                earlier(now.plus(settings.idle()), end),
                end,
                null,
                origin.sourceIp(),
                origin.userAgent(),
                impersonation);
        UserId actor = impersonation == null ? user : impersonation.impersonator();
        tenancy.inTenant(tenant, () -> {
            repository.insert(tenant, session, Secret.hash(secret));
            recordChange(tenant, actor.value(), session, "started");
        });
        return new OpenedSession(tenant, session, secret);
    }

    /** To the millisecond, so that a session reads the same before and after it was stored. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** An impersonation has audit actions of its own, with the digest of its reason. */
    private void recordChange(TenantId tenant, String actor, Session session, String verb) {
        var impersonation = session.impersonation();
        String action = (impersonation == null ? "session." : "impersonation.") + verb;
        String reason = impersonation == null ? null : impersonation.reason();
        audit.changed(TenantScope.of(tenant), actor, action, "session/" + session.id(), null, reason);
    }

    /**
     * The identity of a session's cookie; empty when the session is unknown, expired or ended, or its user is not active. Counts
     * as a use of the session.
     */
    public Optional<Identity> authenticate(String secret) {
        return tenancy.throughDoor(() -> repository.authenticate(Secret.hash(secret), settings.idle(), clock.instant()))
                .filter(this::mayContinue);
    }

    /** An impersonation lasts only while the operator holds the permission. */
    private boolean mayContinue(Identity identity) {
        return identity.impersonator()
                .map(operator -> Identity.ofUser(
                        Tenants.PLATFORM, operator, identity.session().orElseThrow(), Optional.empty()))
                .map(operator -> access.findScope(operator, IMPERSONATE).isPresent())
                .orElse(true);
    }

    /** The session; empty when there is none or it is not active. */
    public Optional<Session> findActive(TenantId tenant, SessionId id) {
        return tenancy.inTenant(tenant, () -> repository.find(tenant, id))
                .filter(session -> session.stateAt(clock.instant()) == SessionState.ACTIVE);
    }

    /** The user's own active sessions, newest first, without those in which an operator acts as the user. */
    public List<Session> list(TenantId tenant, UserId user) {
        return tenancy.inTenant(tenant, () -> repository.listActive(tenant, user, clock.instant())).stream()
                .filter(session -> session.impersonation() == null)
                .toList();
    }

    /**
     * Past and present impersonations of the tenant's users, newest first.
     *
     * @param after the id of the last one already listed; empty text starts at the newest
     */
    public List<Session> listImpersonations(TenantId tenant, int limit, String after) {
        return tenancy.inTenant(tenant, () -> repository.listImpersonations(tenant, limit, after));
    }

    /** Ends the session at once; false when there is none or it is not active. */
    public boolean end(TenantId tenant, String actor, SessionId id) {
        return tenancy.inTenant(tenant, () -> {
            Instant now = clock.instant();
            var session = repository
                    .find(tenant, id)
                    .filter(it -> it.stateAt(now).mayBecome(SessionState.ENDED))
                    .filter(it -> repository.end(tenant, id, now));
            session.ifPresent(it -> recordChange(tenant, actor, it, "ended"));
            return session.isPresent();
        });
    }

    /** Ends all active sessions of the user, impersonations included. */
    public void endAll(TenantId tenant, String actor, UserId user) {
        tenancy.inTenant(
                tenant,
                () -> repository
                        .listActive(tenant, user, clock.instant())
                        .forEach(session -> end(tenant, actor, session.id())));
    }
}
