package dev.patchbay.iam.people;

import dev.patchbay.iam.InvitationId;
import dev.patchbay.iam.spi.InvitationMail;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ChangeAudit;
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
import org.springframework.stereotype.Component;

/** Creates the link of an invitation and mails it, within the tenant's transaction. */
@Component
class InvitationSender {

    static final Duration LIFETIME = Duration.ofDays(7);

    private final InvitationRepository repository;
    private final InvitationLimit limit;
    private final UserRepository users;
    private final Tenants tenants;
    private final InvitationMail mail;
    private final Settings settings;
    private final ChangeAudit audit;
    private final Clock clock;

    InvitationSender(
            InvitationRepository repository,
            InvitationLimit limit,
            UserRepository users,
            Tenants tenants,
            InvitationMail mail,
            Settings settings,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.limit = limit;
        this.users = users;
        this.tenants = tenants;
        this.mail = mail;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws Problem {@code 429.rate_limited} */
    Invitation send(TenantId tenant, String actor, UserId user) {
        limit.requireBelow(tenant, user);
        Instant now = clock.instant();
        String secret = Secret.next();
        var invitation = new Invitation(InvitationId.next(now), user, actor, now, now.plus(LIFETIME), null, null);
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
