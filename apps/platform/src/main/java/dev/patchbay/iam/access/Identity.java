package dev.patchbay.iam.access;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;

/**
 * Who sent a request, before anything is said about what they may do.
 *
 * @param subject a user's id ({@code usr_…}) or a service token's ({@code tok_…})
 * @param grant what a service token may do; empty for a user, whose roles say it
 * @param session the id of the user's session ({@code ses_…})
 * @param support the platform's user who acts for this one, while they do
 */
public record Identity(
        TenantId tenant, String subject, Optional<TokenGrant> grant, Optional<String> session, Optional<String> impersonator) {

    /**
     * What a token was given when it was issued.
     *
     * @param client the only client it serves; empty: the whole tenant
     */
    public record TokenGrant(Set<Permission> permissions, Optional<ClientId> client) {}

    /** What a request's principal holds when it is known to us. */
    public interface Principal {
        Identity identity();
    }

    /** A service token. */
    public static Identity token(TenantId tenant, String id, TokenGrant tokenGrant) {
        return new Identity(tenant, id, Optional.of(tokenGrant), Optional.empty(), Optional.empty());
    }

    /** A user in a session of theirs. */
    public static Identity user(TenantId tenant, String id, String session, Optional<String> support) {
        return new Identity(tenant, id, Optional.empty(), Optional.of(session), support);
    }

    /** Who sent the request; empty on an open address. */
    public static Optional<Identity> of(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication one && one.getPrincipal() instanceof Principal principal
                ? Optional.of(principal.identity())
                : Optional.empty();
    }
}
