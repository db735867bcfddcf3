package dev.patchbay.iam.access;

import dev.patchbay.iam.access.Decision.Via;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Decides about users by the tenant's {@link Policy}, and about service tokens by their {@link TokenGrant}. */
@Component
final class AccessDecisions implements Access {

    /**
     * The permissions that are withheld during impersonation: all that grant access by roles, tokens, invitations or
     * credentials.
     */
    private static final Set<Permission> WITHHELD_DURING_IMPERSONATION = Set.of(
            Permission.of("assign:roles"),
            Permission.of("write:roles"),
            Permission.of("write:groups"),
            Permission.of("issue:tokens"),
            Permission.of("invite:users"),
            Permission.of("suspend:users"),
            Permission.of("write:connections"),
            Permission.of("erase:persons"));

    private final PolicyCache policies;
    private final TokenAccess tokens;
    private final Clock clock;

    AccessDecisions(PolicyCache policies, TokenAccess tokens, Clock clock) {
        this.policies = policies;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Optional<TenantScope> findScope(Identity identity, Permission permission) {
        TenantId tenant = identity.tenant();
        if (identity.grant().isPresent()) {
            return tokens.findScope(tenant, identity.grant().get(), permission);
        }
        return isWithheld(identity, permission)
                ? Optional.empty()
                : policies.get(tenant).findScope(tenant, identity.subject(), permission, clock.instant());
    }

    @Override
    public boolean holds(Identity identity, Permission permission, String resource) {
        return identity.grant().isEmpty()
                && !isWithheld(identity, permission)
                && policies.get(identity.tenant())
                                .findGrant(identity.subject(), permission, null, resource, clock.instant())
                        != null;
    }

    private static boolean isWithheld(Identity identity, Permission permission) {
        return identity.impersonator().isPresent() && WITHHELD_DURING_IMPERSONATION.contains(permission);
    }

    @Override
    public Decision check(TenantId tenant, String subject, Question question) {
        if (TokenAccess.isToken(subject)) {
            return tokens.check(tenant, subject, question);
        }
        Policy policy = policies.get(tenant);
        if (!policy.isActive(subject)) {
            return new Decision(false, subject + " is not an active user: unknown, invited or suspended.", List.of());
        }
        Instant now = clock.instant();
        var via = findAllowing(policy, subject, question, now);
        if (!via.isEmpty()) {
            return new Decision(true, explainAllowed(via.getFirst(), question), via);
        }
        var elsewhere = policy.grantsOf(subject)
                .filter(grant -> grant.permissions().contains(question.permission()))
                .toList();
        return new Decision(
                false,
                explainRefused(subject, question, elsewhere, now),
                elsewhere.stream().map(grant -> grant.via(subject)).toList());
    }

    private static List<Via> findAllowing(Policy policy, String subject, Question question, Instant now) {
        return policy.grantsOf(subject)
                .filter(grant -> grant.allows(question.permission(), now) && covers(grant, question))
                .map(grant -> grant.via(subject))
                .toList();
    }

    private static boolean covers(Policy.Grant grant, Question question) {
        ClientId client = question.client();
        boolean tenantWide = grant.client().isEmpty() && grant.resource().isEmpty();
        return tenantWide
                || (client != null && grant.client().equals(client.value()))
                || (!grant.resource().isEmpty() && grant.resource().equals(question.resource()));
    }

    private static String explainAllowed(Via via, Question question) {
        String where = via.clientId() != null
                ? "for client " + via.clientId()
                : via.resource() != null ? "for " + via.resource() : "in the whole agency";
        String how = via.group() == null ? "" : " through group " + via.group();
        return "Role " + via.role() + how + " allows " + question.permission() + " " + where + ".";
    }

    private static String explainRefused(String subject, Question question, List<Policy.Grant> elsewhere, Instant now) {
        if (!Permissions.all().containsKey(question.permission())) {
            return "There is no permission " + question.permission() + ".";
        }
        if (elsewhere.isEmpty()) {
            return "No role of " + subject + " allows " + question.permission() + ".";
        }
        boolean expired = elsewhere.stream().allMatch(grant -> !grant.until().isAfter(now));
        return expired
                ? "The assignment by which " + subject + " held " + question.permission() + " has expired."
                : subject + " holds " + question.permission() + " for another scope only.";
    }

    @Override
    public List<HeldPermission> listPermissions(TenantId tenant, String subject) {
        if (TokenAccess.isToken(subject)) {
            return tokens.listPermissions(tenant, subject);
        }
        Policy policy = policies.get(tenant);
        if (!policy.isActive(subject)) {
            return List.of();
        }
        Instant now = clock.instant();
        return Permissions.all().keySet().stream()
                .map(permission -> new HeldPermission(
                        permission.toString(),
                        policy.grantsOf(subject)
                                .filter(grant -> grant.allows(permission, now))
                                .map(grant -> grant.via(subject))
                                .toList()))
                .filter(held -> !held.via().isEmpty())
                .toList();
    }

    @Override
    public List<HeldPermission> listPermissions(Identity identity) {
        return listPermissions(identity.tenant(), identity.subject()).stream()
                .filter(held -> !isWithheld(identity, Permission.of(held.permission())))
                .toList();
    }

    @Override
    public List<AuthorizedUser> listAuthorizedUsers(TenantId tenant, Question question) {
        Policy policy = policies.get(tenant);
        Instant now = clock.instant();
        return policy.active().stream()
                .sorted()
                .map(user -> new AuthorizedUser(new UserId(user), findAllowing(policy, user, question, now)))
                .filter(user -> !user.via().isEmpty())
                .toList();
    }

    @Override
    public Set<Permission> findMissing(Identity identity, Set<Permission> permissions, Optional<ClientId> client) {
        return permissions.stream()
                .filter(permission -> findScope(identity, permission)
                        .filter(scope -> client.map(scope::includes).orElse(scope.isWholeTenant()))
                        .isEmpty())
                .collect(Collectors.toSet());
    }

    @Override
    public Instant heldUntil(Identity identity, Set<Permission> permissions, Optional<ClientId> client) {
        Instant own = identity.grant().map(TokenGrant::until).orElse(Instant.MAX);
        Optional<UserId> person = identity.grant().map(TokenGrant::issuer).orElseGet(identity::user);
        return person.map(user -> policies.get(identity.tenant())
                        .heldUntil(
                                user.value(),
                                permissions,
                                client.map(ClientId::value).orElse(null),
                                clock.instant()))
                .filter(own::isAfter)
                .orElse(own);
    }

    @Override
    public void refresh(TenantId tenant) {
        policies.evict(tenant);
    }
}
