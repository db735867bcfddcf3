package dev.patchbay.iam.access;

import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.TokenId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/**
 * The authenticated sender of a request. {@link Access} decides about permissions.
 *
 * @param subject a user's id ({@code usr_…}) or a service token's ({@code tok_…})
 * @param grant what a service token may do; empty for a user, whose roles decide
 * @param session the user's session; empty for a service token
 * @param impersonator the platform's user who acts as this one; empty when users act for themselves
 */
public record Identity(
        TenantId tenant,
        String subject,
        Optional<TokenGrant> grant,
        Optional<SessionId> session,
        Optional<UserId> impersonator) {

    /** A principal of Spring Security that carries an identity of ours. */
    public interface Principal {
        Identity identity();
    }

    /** The identity of a request with a service token. */
    public static Identity ofToken(TenantId tenant, TokenId token, TokenGrant grant) {
        return new Identity(tenant, token.value(), Optional.of(grant), Optional.empty(), Optional.empty());
    }

    /** The identity of a request with a session; during an impersonation with the operator's id. */
    public static Identity ofUser(TenantId tenant, UserId user, SessionId session, Optional<UserId> impersonator) {
        return new Identity(tenant, user.value(), Optional.empty(), Optional.of(session), impersonator);
    }

    /** The user; empty for a service token. */
    public Optional<UserId> user() {
        return grant.isPresent() ? Optional.empty() : Optional.of(new UserId(subject));
    }

    /** The sender of the request; empty when it was not authenticated. */
    public static Optional<Identity> of(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication authentication
                        && authentication.getPrincipal() instanceof Principal principal
                ? Optional.of(principal.identity())
                : Optional.empty();
    }
}
