package dev.patchbay.iam.people;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Assignment;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.tokens.ServiceToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Lists and ends what a user or service token gave: the tokens that it issued, the open invitations that it sent, and the roles
 * that it assigned. Tokens and invitations end with their giver. Roles stay, because people need them for their work, until
 * {@link #endRoles} ends them too.
 */
@Component
public class Dependents {

    /** @param tokens those that the subject issued, and all that were issued by those */
    public record Resting(List<ServiceToken> tokens, List<Invitation> invitations, List<Assignment> roles) {}

    private final ServiceTokens tokens;
    private final InvitationRepository invitations;
    private final RoleAssignments assignments;
    private final UserRepository users;
    private final UserRoles userRoles;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Dependents(
            ServiceTokens tokens,
            InvitationRepository invitations,
            RoleAssignments assignments,
            UserRepository users,
            UserRoles userRoles,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.tokens = tokens;
        this.invitations = invitations;
        this.assignments = assignments;
        this.users = users;
        this.userRoles = userRoles;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns the tokens, invitations and roles that depend on this user or service token now. */
    public Resting list(TenantId tenant, String subject) {
        var issued = tokens.listIssuedBy(tenant, subject);
        var givers = withTokens(subject, issued);
        return new Resting(
                issued,
                tenancy.inTenant(tenant, () -> invitations.listOpenSentBy(tenant, givers, clock.instant())),
                assignments.listGivenBy(tenant, givers));
    }

    private static List<String> withTokens(String subject, List<ServiceToken> issued) {
        return Stream.concat(
                        Stream.of(subject),
                        issued.stream().map(token -> token.id().value()))
                .toList();
    }

    /** Ends the tokens and invitations that depend on the subject, within the tenant's transaction. */
    void end(TenantId tenant, String actor, String subject) {
        var givers = withTokens(subject, tokens.revokeIssuedBy(tenant, actor, subject));
        invitations.listOpenSentBy(tenant, givers, clock.instant()).forEach(sent -> revoke(tenant, actor, sent));
    }

    /**
     * Revokes an invitation. An invited person who never signed in loses the roles too; an active user keeps them, because that
     * invitation is only a link for another account.
     */
    private void revoke(TenantId tenant, String actor, Invitation invitation) {
        if (invitations.revoke(tenant, invitation.id(), clock.instant())) {
            users.find(TenantScope.of(tenant), invitation.userId())
                    .filter(User::isInvited)
                    .ifPresent(user -> userRoles.removeAll(tenant, actor, user.id()));
            audit.recordChange(
                    TenantScope.of(tenant),
                    actor,
                    "invitation.revoked",
                    "user/" + invitation.userId(),
                    invitation,
                    null);
        }
    }

    /**
     * Revokes a token with everything that depends on it.
     *
     * @return false when there is no such token within the scope, or it was revoked before
     */
    public boolean revokeToken(Identity revoker, TenantScope scope, TokenId id) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var givers = withTokens(id.value(), tokens.listIssuedBy(scope.tenant(), id.value()));
            boolean revoked = tokens.revoke(revoker, scope, id);
            if (revoked) {
                invitations
                        .listOpenSentBy(scope.tenant(), givers, clock.instant())
                        .forEach(sent -> revoke(scope.tenant(), revoker.subject(), sent));
            }
            return revoked;
        });
    }

    /**
     * Ends the roles that this user or service token assigned.
     *
     * @param actor must hold each of them
     * @return the assignments that were ended
     * @throws dev.patchbay.kernel.Problem {@code 403.forbidden}; {@code 409.access_conflict} when the agency would have no
     *     administrator left
     */
    public List<Assignment> endRoles(Identity actor, TenantId tenant, String subject) {
        return assignments.revokeGivenBy(actor, tenant, withTokens(subject, tokens.listEverIssuedBy(tenant, subject)));
    }
}
