package dev.patchbay.iam.people;

import dev.patchbay.iam.InvitationId;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.spi.InvitationMail;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Creates the link of an invitation and mails it within the tenant's transaction. */
@Component
class InvitationSender {

    static final Duration LIFETIME = Duration.ofDays(7);

    private static final Set<Permission> INVITE = Set.of(Permission.of("invite:users"));

    private final InvitationRepository repository;
    private final Access access;
    private final InvitationLimit limit;
    private final UserRepository users;
    private final Tenants tenants;
    private final InvitationMail mail;
    private final Settings settings;
    private final ChangeAudit audit;
    private final Clock clock;

    InvitationSender(
            InvitationRepository repository,
            Access access,
            InvitationLimit limit,
            UserRepository users,
            Tenants tenants,
            InvitationMail mail,
            Settings settings,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.access = access;
        this.limit = limit;
        this.users = users;
        this.tenants = tenants;
        this.mail = mail;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Sends the link. It ends after a week, or earlier with the inviter's own permission to invite.
     *
     * @throws Problem {@code 429.rate_limited}
     */
    Invitation send(Identity inviter, TenantId tenant, UserId user) {
        Instant week = clock.instant().plus(LIFETIME);
        Instant own = clients(inviter).stream()
                .map(client -> access.heldUntil(inviter, INVITE, client))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return send(tenant, inviter.subject(), user, own.isBefore(week) ? own : week);
    }

    /** Returns the clients for which the identity may invite; a single empty value means the whole tenant. */
    private List<Optional<ClientId>> clients(Identity inviter) {
        return access.findScope(inviter, Permission.of("invite:users"))
                .flatMap(TenantScope::clients)
                .map(some -> some.stream().map(Optional::of).toList())
                .orElse(List.of(Optional.empty()));
    }

    /**
     * Sends the link as {@link #send} does, on behalf of the system or the platform, which are in no tenant's policy. It ends
     * after a week.
     */
    Invitation sendUnlimited(TenantId tenant, String actor, UserId user) {
        return send(tenant, actor, user, clock.instant().plus(LIFETIME));
    }

    private Invitation send(TenantId tenant, String actor, UserId user, Instant end) {
        limit.requireBelow(tenant, user);
        Instant now = clock.instant();
        String secret = Secret.next();
        var invitation = new Invitation(InvitationId.next(now), user, actor, now, end, null, null);
        repository.insert(tenant, invitation, Secret.hash(secret));
        mail.send(tenant, mailOf(tenant, invitation, secret));
        audit.recordChange(TenantScope.of(tenant), actor, "user.invited", "user/" + user, null, invitation);
        return invitation;
    }

    private InvitationMail.InvitationEmail mailOf(TenantId tenant, Invitation invitation, String secret) {
        var user = users.find(TenantScope.of(tenant), invitation.userId()).orElseThrow();
        return new InvitationMail.InvitationEmail(
                user.email(),
                user.name(),
                tenants.findName(tenant),
                URI.create(settings.publicUrl() + "/sign-in?invitation=" + secret),
                invitation.expiresAt());
    }
}
