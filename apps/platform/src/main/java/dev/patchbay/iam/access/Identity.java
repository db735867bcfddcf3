package dev.patchbay.iam.access;

import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.TokenId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/**
 * The authenticated sender of a request. {@link Access} decides about its permissions.
 *
 * @param subject a user's id ({@code usr_…}) or a service token's ({@code tok_…})
 * @param grant the permissions of a service token; empty for a user, who has permissions by roles
 * @param session the user's session; empty for a service token
 * @param impersonator the operator who acts as this user; empty when users act for themselves
 */
public record Identity(
        TenantId tenant,
        String subject,
        Optional<TokenGrant> grant,
        Optional<SessionId> session,
        Optional<UserId> impersonator) {

    /** A principal of Spring Security that carries an {@link Identity}. */
    public interface Principal {
        Identity identity();
    }

    /** Returns the identity of a request with a service token. */
    public static Identity ofToken(TenantId tenant, TokenId token, TokenGrant grant) {
        return new Identity(tenant, token.value(), Optional.of(grant), Optional.empty(), Optional.empty());
    }

    /** Returns the identity of a request with a session. During an impersonation it has the operator's id. */
    public static Identity ofUser(TenantId tenant, UserId user, SessionId session, Optional<UserId> impersonator) {
        return new Identity(tenant, user.value(), Optional.empty(), Optional.of(session), impersonator);
    }

    /** Returns the user; empty for a service token. */
    public Optional<UserId> user() {
        return grant.isPresent() ? Optional.empty() : Optional.of(new UserId(subject));
    }

    /** Returns the sender of the request; empty when it was not authenticated. */
    public static Optional<Identity> of(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication authentication
                        && authentication.getPrincipal() instanceof Principal principal
                ? Optional.of(principal.identity())
                : Optional.empty();
    }
}
