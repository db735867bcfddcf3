package dev.patchbay.iam;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;

/**
 * Who sent the request being served. A controller gets it by naming it as an argument.
 *
 * @param scope whose rows it may touch
 * @param subject the service token's id; the actor of audit entries
 * @param permissions for example {@code flows:write}
 */
public record Caller(TenantScope scope, String subject, Set<String> permissions) {

    /** What a request's principal holds when it is a caller of ours. */
    public interface Known {
        Caller caller();
    }

    /** Who sent the request; empty on an open address. */
    public static Optional<Caller> of(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication one && one.getPrincipal() instanceof Known known
                ? Optional.of(known.caller())
                : Optional.empty();
    }

    /**
     * Goes on only when the caller may.
     *
     * @throws Problem {@code 403.forbidden} when the caller does not hold the permission
     */
    public void require(String permission) {
        if (!permissions.contains(permission)) {
            throw new Problem(ProblemType.FORBIDDEN, "This needs the permission " + permission + ".");
        }
    }
}
