package dev.patchbay.iam.signin;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sessions of people: an opaque secret in a cookie, of which only the SHA-256 is kept, looked up at every request, so that one
 * ends at once. It ends unused ({@code patchbay.sessions.idle}), at its age ({@code …absolute}), and when it is ended.
 */
@Component
public class Sessions {

    private static final Permission IMPERSONATE = Permission.of("impersonate:users");

    private final SessionRepository rows;
    private final Access access;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final SignInSettings settings;
    private final Clock clock;

    public Sessions(
            SessionRepository rows,
            Access access,
            Tenancy tenancy,
            ChangeAudit audit,
            SignInSettings settings,
            Clock clock) {
        this.rows = rows;
        this.access = access;
        this.tenancy = tenancy;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** Where a session was begun from. */
    public record Origin(String sourceIp, String userAgent) {

        private static final int LONGEST = 300;

        public static Origin of(HttpServletRequest request) {
            String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
            return new Origin(request.getRemoteAddr(), agent.substring(0, Math.min(agent.length(), LONGEST)));
        }
    }

    /**
     * Somebody of the platform who acts for the user.
     *
     * @param by their id, {@code usr_…}
     * @param session the one they came from
     */
    public record Support(String by, String name, String reason, String session) {}

    /** @param until when it ends unless it is used before; never after {@code absoluteUntil} */
    public record Session(
            String id,
            String userId,
            Instant createdAt,
            Instant seenAt,
            Instant until,
            Instant absoluteUntil,
            @Nullable Instant endedAt,
            String sourceIp,
            String userAgent,
            @Nullable Support support) {}

    /** @param secret the only time it can be seen */
    public record Opened(TenantId tenant, Session session, String secret) {

        @Override
        public String toString() {
            return "Opened[" + session.id() + "]";
        }
    }

    /** A session of a user that begins now, under a secret that nobody has seen before. */
    public Opened open(TenantId tenant, String user, Origin origin) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return open(tenant, user, origin, null, now.plus(settings.sessions().absolute()));
    }

    /** As {@link #open(TenantId, String, Origin)}, ending at that time at the latest. */
    public Opened open(TenantId tenant, String user, Origin origin, @Nullable Support support, Instant absoluteUntil) {
        // As the database keeps it: what is answered now is what is answered later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant end = absoluteUntil.truncatedTo(ChronoUnit.MILLIS);
        String secret = Secret.next();
        var session = new Session(
                Ids.next("ses", now),
                user,
                now,
                now,
                earlier(now.plus(settings.sessions().idle()), end),
                end,
                null,
                origin.sourceIp(),
                origin.userAgent(),
                support);
        tenancy.inTenant(tenant, () -> {
            rows.insert(tenant, session, Secret.hash(secret));
            told(tenant, support == null ? user : support.by(), support, "began", session.id());
        });
        return new Opened(tenant, session, secret);
    }

    /** A session in which somebody acts for the user is called support in the trail. */
    private void told(TenantId tenant, String actor, @Nullable Support support, String what, String id) {
        String action = (support == null ? "session." : "support.") + what;
        audit.recordChange(
                TenantScope.of(tenant),
                actor,
                action,
                "session/" + id,
                null,
                support == null ? null : support.reason());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Whose session it is; empty when there is none, it ended, or its user may not sign in any more. Counts as a use. */
    public Optional<Identity> use(String secret) {
        return tenancy.throughDefinerFunction(
                        () -> rows.use(Secret.hash(secret), settings.sessions().idle(), clock.instant()))
                .filter(this::maySupport);
    }

    /** Whoever acts for somebody does so only while they may: a role that was taken ends it. */
    private boolean maySupport(Identity identity) {
        return identity.support()
                .map(operator -> Identity.user(
                        RoleAssignments.PLATFORM, operator, identity.session().orElseThrow(), Optional.empty()))
                .map(operator -> access.reach(operator, IMPERSONATE).isPresent())
                .orElse(true);
    }

    /** One that is still good. */
    public Optional<Session> find(TenantId tenant, String id) {
        return tenancy.inTenant(tenant, () -> rows.find(tenant, id)).filter(this::isGood);
    }

    private boolean isGood(Session session) {
        return session.endedAt() == null && session.until().isAfter(clock.instant());
    }

    /** Those of the user that are still good, newest first; not those in which somebody else acts for them. */
    public List<Session> list(TenantId tenant, String user) {
        return tenancy.inTenant(tenant, () -> rows.list(tenant, user, clock.instant())).stream()
                .filter(session -> session.support() == null)
                .toList();
    }

    /** Those in which somebody of the platform acted or acts for somebody, newest first, older than the given one. */
    public List<Session> supported(TenantId tenant, int limit, String after) {
        return tenancy.inTenant(tenant, () -> rows.supported(tenant, limit, after));
    }

    /** Ends it now; false when it was none, or ended before. */
    public boolean end(TenantId tenant, String actor, String id) {
        return tenancy.inTenant(tenant, () -> {
            var session = rows.find(tenant, id);
            boolean ended = rows.end(tenant, id, clock.instant());
            if (ended) {
                told(tenant, actor, session.map(Session::support).orElse(null), "ended", id);
            }
            return ended;
        });
    }

    /** Ends all of the user's, also those in which somebody acts for them; tells how many. */
    public int endAll(TenantId tenant, String actor, String user) {
        return tenancy.inTenant(tenant, () -> {
            var good = rows.list(tenant, user, clock.instant());
            good.forEach(session -> end(tenant, actor, session.id()));
            return good.size();
        });
    }
}
