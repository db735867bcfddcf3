package dev.patchbay.iam.access;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Access.HeldPermission;
import dev.patchbay.iam.access.Access.Question;
import dev.patchbay.iam.access.Decision.Via;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides for service tokens, by the permissions they were issued with. */
@Component
final class TokenAccess {

    private final TokenGrants tokens;

    TokenAccess(TokenGrants tokens) {
        this.tokens = tokens;
    }

    static boolean isToken(String subject) {
        return subject.startsWith("tok_");
    }

    Decision check(TenantId tenant, String token, Question question) {
        Optional<TokenGrant> grant = findGrant(tenant, token);
        if (grant.isEmpty()) {
            return new Decision(false, "There is no service token " + token + ", or it has ended.", List.of());
        }
        boolean allow = grant.get().allows(question.permission())
                && grant.get()
                        .client()
                        .map(client -> client.equals(question.client()))
                        .orElse(true);
        String holds = allow ? " holds " : " does not hold ";
        String reason = "Service token " + token + holds + question.permission() + (allow ? "." : " for this scope.");
        return new Decision(allow, reason, allow ? List.of(via(token, grant.get())) : List.of());
    }

    List<HeldPermission> listPermissions(TenantId tenant, String token) {
        return findGrant(tenant, token).stream()
                .flatMap(grant -> Permissions.all().keySet().stream()
                        .filter(grant::allows)
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
