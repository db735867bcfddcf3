package dev.patchbay.iam.access;

import dev.patchbay.iam.access.Decision.Via;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Decides by the tenant's {@link Policy} for users, by what they were given for service tokens. */
@Component
final class AccessDecisions implements Access {

    /** While somebody acts for a user they hand nothing out: neither roles nor tokens nor secrets. */
    private static final Set<Permission> NOT_FOR_SUPPORT = Set.of(
            Permission.of("assign:roles"),
            Permission.of("write:roles"),
            Permission.of("write:groups"),
            Permission.of("issue:tokens"),
            Permission.of("invite:users"),
            Permission.of("suspend:users"),
            Permission.of("write:connections"),
            Permission.of("erase:persons"));

    private final PolicyCache policyCache;
    private final ServiceTokens tokens;
    private final Clock clock;

    AccessDecisions(PolicyCache policyCache, ServiceTokens tokens, Clock clock) {
        this.policyCache = policyCache;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Optional<TenantScope> reach(Identity identity, Permission permission) {
        TenantId tenant = identity.tenant();
        if (identity.grant().isPresent()) {
            Identity.Grant grant = identity.grant().get();
            return allows(grant, permission)
                    ? Optional.of(grant.client()
                            .map(client -> TenantScope.of(tenant, client))
                            .orElse(TenantScope.of(tenant)))
                    : Optional.empty();
        }
        if (isWithheld(identity, permission)) {
            return Optional.empty();
        }
        Policy policy = policyCache.of(tenant);
        Instant now = clock.instant();
        if (policy.allowing(identity.subject(), permission, null, null, now) != null) {
            return Optional.of(TenantScope.of(tenant));
        }
        return Optional.of(policy.clients(identity.subject(), permission, now))
                .filter(Predicate.not(Set::isEmpty))
                .map(clients -> TenantScope.of(tenant, clients));
    }

    @Override
    public boolean holds(Identity identity, Permission permission, String resource) {
        return identity.grant().isEmpty()
                && !isWithheld(identity, permission)
                && policyCache
                                .of(identity.tenant())
                                .allowing(identity.subject(), permission, null, resource, clock.instant())
                        != null;
    }

    private static boolean isWithheld(Identity identity, Permission permission) {
        return identity.support().isPresent() && NOT_FOR_SUPPORT.contains(permission);
    }

    private static boolean allows(Identity.Grant grant, Permission permission) {
        return grant.permissions().contains(permission)
                || (!Permissions.isPlatform(permission)
                        && Permissions.all().containsKey(permission)
                        && grant.permissions().stream().anyMatch(held -> held.implies(permission)));
    }

    @Override
    public Decision check(TenantId tenant, String subject, Question question) {
        if (subject.startsWith("tok_")) {
            return ofToken(tenant, subject, question);
        }
        Policy policy = policyCache.of(tenant);
        if (!policy.isActive(subject)) {
            return new Decision(
                    false, subject + " is nobody who may sign in: unknown, invited or suspended.", List.of());
        }
        Instant now = clock.instant();
        var via = allowing(policy, subject, question, now);
        if (!via.isEmpty()) {
            return new Decision(true, allowed(via.getFirst(), question), via);
        }
        var elsewhere = policy.of(subject)
                .filter(grant -> grant.permissions().contains(question.permission()))
                .toList();
        return new Decision(
                false,
                refused(subject, question, elsewhere, now),
                elsewhere.stream().map(grant -> grant.via(subject)).toList());
    }

    private static List<Via> allowing(Policy policy, String subject, Question question, Instant now) {
        return policy.of(subject)
                .filter(grant -> grant.allows(question.permission(), now) && covers(grant, question))
                .map(grant -> grant.via(subject))
                .toList();
    }

    private static boolean covers(Policy.Grant grant, Question question) {
        ClientId client = question.client();
        boolean whole = grant.client().isEmpty() && grant.resource().isEmpty();
        return whole
                || (client != null && grant.client().equals(client.value()))
                || (!grant.resource().isEmpty() && grant.resource().equals(question.resource()));
    }

    private static String allowed(Via via, Question question) {
        String where = via.clientId() != null
                ? "for client " + via.clientId()
                : via.resource() != null ? "for " + via.resource() : "in the whole agency";
        String how = via.group() == null ? "" : " through group " + via.group();
        return "Role " + via.role() + how + " allows " + question.permission() + " " + where + ".";
    }

    private static String refused(String subject, Question question, List<Policy.Grant> elsewhere, Instant now) {
        if (!Permissions.all().containsKey(question.permission())) {
            return "There is no permission " + question.permission() + ".";
        }
        if (elsewhere.isEmpty()) {
            return "No role of " + subject + " allows " + question.permission() + ".";
        }
        boolean ended = elsewhere.stream().allMatch(grant -> !grant.until().isAfter(now));
        return ended
                ? "What allowed " + subject + " " + question.permission() + " has ended."
                : subject + " holds " + question.permission() + " elsewhere, not for what is asked.";
    }

    private Decision ofToken(TenantId tenant, String token, Question question) {
        Optional<Identity.Grant> grant = tokens.grant(tenant, token);
        boolean allow = grant.filter(held -> allows(held, question.permission())
                        && held.client()
                                .map(client -> client.equals(question.client()))
                                .orElse(true))
                .isPresent();
        String reason = grant.isEmpty()
                ? "There is no service token " + token + ", or it ended."
                : "Service token " + token + (allow ? " was given " : " was not given ") + question.permission()
                        + (allow ? "." : " for what is asked.");
        return new Decision(
                allow,
                reason,
                grant.filter(held -> allow)
                        .map(held -> List.of(via(token, held)))
                        .orElse(List.of()));
    }

    private static Via via(String token, Identity.Grant grant) {
        return new Via(
                token,
                "service token",
                null,
                grant.client().map(ClientId::value).orElse(null),
                null,
                Optional.empty());
    }

    @Override
    public List<Held> held(TenantId tenant, String subject) {
        if (subject.startsWith("tok_")) {
            return tokens.grant(tenant, subject).stream()
                    .flatMap(grant -> Permissions.all().keySet().stream()
                            .filter(permission -> allows(grant, permission))
                            .map(permission -> new Held(permission.toString(), List.of(via(subject, grant)))))
                    .toList();
        }
        Policy policy = policyCache.of(tenant);
        Instant now = clock.instant();
        return Permissions.all().keySet().stream()
                .map(permission -> new Held(
                        permission.toString(),
                        policy.isActive(subject)
                                ? policy.of(subject)
                                        .filter(grant -> grant.allows(permission, now))
                                        .map(grant -> grant.via(subject))
                                        .toList()
                                : List.of()))
                .filter(held -> !held.via().isEmpty())
                .toList();
    }

    @Override
    public List<Held> held(Identity identity) {
        return held(identity.tenant(), identity.subject()).stream()
                .filter(one -> !isWithheld(identity, Permission.of(one.permission())))
                .toList();
    }

    @Override
    public List<Able> who(TenantId tenant, Question question) {
        Policy policy = policyCache.of(tenant);
        Instant now = clock.instant();
        return policy.active().stream()
                .sorted()
                .map(user -> new Able(user, allowing(policy, user, question, now)))
                .filter(able -> !able.via().isEmpty())
                .toList();
    }

    @Override
    public Set<Permission> lacking(Identity identity, Set<Permission> permissions, Optional<ClientId> client) {
        return permissions.stream()
                .filter(permission -> reach(identity, permission)
                        .filter(scope -> client.map(scope::includes).orElse(scope.isWholeTenant()))
                        .isEmpty())
                .collect(Collectors.toSet());
    }

    @Override
    public void changed(TenantId tenant) {
        policyCache.forget(tenant);
    }
}
