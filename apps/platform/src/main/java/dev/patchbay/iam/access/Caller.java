package dev.patchbay.iam.access;

import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import java.util.Optional;

/**
 * The caller of a controller's method, with the scope of the permissions that the method {@link Requires}. Controllers declare
 * it as an argument.
 *
 * @param scope the rows the method may touch
 * @param subject a user's or a service token's id; the actor of audit entries
 * @param scopes looks up the scope of other permissions
 */
public record Caller(TenantScope scope, String subject, ScopeLookup scopes) {

    /** Finds the scope in which the caller holds a permission. */
    @FunctionalInterface
    public interface ScopeLookup {

        /** Returns the scope; empty when the caller holds the permission nowhere. */
        Optional<TenantScope> findScope(Permission permission);
    }

    /**
     * Returns the scope in which the caller holds a permission other than the required ones.
     *
     * @throws Problem {@code 403.forbidden} when the caller holds it nowhere
     */
    public TenantScope require(String permission) {
        return scopes.findScope(Permission.of(permission))
                .orElseThrow(() -> new Problem(ProblemType.FORBIDDEN, "This needs the permission " + permission + "."));
    }

    /**
     * Returns the part of this scope in which the caller also holds that permission.
     *
     * @throws Problem {@code 403.forbidden} when there is no such part
     */
    public TenantScope scopeWith(String permission) {
        return scope.intersect(require(permission)).orElseThrow(Caller::apart);
    }

    /** Returns the refusal of a caller who holds the required permissions only for different clients. */
    public static Problem apart() {
        return new Problem(ProblemType.FORBIDDEN, "You hold the needed permissions for different clients only.");
    }
}
