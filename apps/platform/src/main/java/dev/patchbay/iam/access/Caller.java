package dev.patchbay.iam.access;

import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import java.util.Optional;

/**
 * Who sent the request being served, and how far they reach in it. A controller gets it by naming it as an argument.
 *
 * @param scope whose rows it may touch here: where what the method {@link Requires} is allowed
 * @param subject a user's or a service token's id; the actor of audit entries
 */
public record Caller(TenantScope scope, String subject, ScopeLookup scopes) {

    /** What somebody may do, and where. */
    @FunctionalInterface
    public interface ScopeLookup {

        /** Where it is allowed; empty: nowhere. */
        Optional<TenantScope> findScope(Permission permission);
    }

    /**
     * Where the caller may do something beside what the method requires.
     *
     * @throws Problem {@code 403.forbidden} when that is nowhere
     */
    public TenantScope require(String permission) {
        return scopes.findScope(Permission.of(permission))
                .orElseThrow(() -> new Problem(ProblemType.FORBIDDEN, "This needs the permission " + permission + "."));
    }
}
