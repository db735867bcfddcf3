package dev.patchbay.iam.access;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Access.HeldPermission;
import dev.patchbay.iam.access.Access.Question;
import dev.patchbay.iam.access.Decision.Via;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Decides about service tokens. A token has the permissions with which it was issued, as far as its issuer still holds them.
 */
@Component
final class TokenAccess {

    private final TokenGrants tokens;
    private final PolicyCache policies;
    private final Clock clock;

    TokenAccess(TokenGrants tokens, PolicyCache policies, Clock clock) {
        this.tokens = tokens;
        this.policies = policies;
        this.clock = clock;
    }

    /** Returns the part of the token's own scope in which its issuer still holds the permission; empty when there is none. */
    Optional<TenantScope> findScope(TenantId tenant, TokenGrant grant, Permission permission) {
        if (!grant.allows(permission)) {
            return Optional.empty();
        }
        TenantScope own =
                grant.client().map(client -> TenantScope.of(tenant, client)).orElse(TenantScope.of(tenant));
        return grant.issuer().isEmpty()
                ? Optional.of(own)
                : policies.get(tenant)
                        .findScope(tenant, grant.issuer().get().value(), permission, clock.instant())
                        .flatMap(own::intersect);
    }

    static boolean isToken(String subject) {
        return subject.startsWith("tok_");
    }

    Decision check(TenantId tenant, String token, Question question) {
        Optional<TokenGrant> grant = findGrant(tenant, token);
        if (grant.isEmpty()) {
            return new Decision(false, "There is no service token " + token + ", or it has ended.", List.of());
        }
        ClientId client = question.client();
        boolean allow = findScope(tenant, grant.get(), question.permission())
                .filter(scope -> client == null ? scope.isWholeTenant() : scope.includes(client))
                .isPresent();
        String holds = allow ? " holds " : " does not hold ";
        String reason = "Service token " + token + holds + question.permission() + (allow ? "." : " for this scope.");
        return new Decision(allow, reason, allow ? List.of(via(token, grant.get())) : List.of());
    }

    List<HeldPermission> listPermissions(TenantId tenant, String token) {
        return findGrant(tenant, token).stream()
                .flatMap(grant -> Permissions.all().keySet().stream()
                        .filter(permission ->
                                findScope(tenant, grant, permission).isPresent())
                        .map(permission -> new HeldPermission(permission.toString(), List.of(via(token, grant)))))
                .toList();
    }

    private Optional<TokenGrant> findGrant(TenantId tenant, String token) {
        return TokenId.parse(token).flatMap(id -> tokens.findGrant(tenant, id));
    }

    private static Via via(String token, TokenGrant grant) {
        return new Via(
                token,
                "service token",
                null,
                grant.client().map(ClientId::value).orElse(null),
                null,
                Optional.empty());
    }
}
