package dev.patchbay.iam.access;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what users and service tokens may do. Everything that no assignment and no token allows is refused. */
public interface Access {

    /**
     * A question about one permission.
     *
     * @param client the client for which it is needed; null when it is needed for the whole tenant or for the resource
     * @param resource the resource for which it is needed, for example {@code flows/flw_…}; null when no resource is meant
     */
    record Question(
            Permission permission,
            @Nullable ClientId client,
            @Nullable String resource) {}

    /** Returns the scope in which the identity holds the permission; empty when it holds it nowhere. */
    Optional<TenantScope> findScope(Identity identity, Permission permission);

    /** Returns whether the identity holds the permission for this one resource. */
    boolean holds(Identity identity, Permission permission, String resource);

    /** Returns whether the user or service token may do it, and the reason. */
    Decision check(TenantId tenant, String subject, Question question);

    /** Returns the permissions of the user or service token, each with the assignments that allow it. */
    List<HeldPermission> listPermissions(TenantId tenant, String subject);

    /**
     * Lists the identity's permissions as {@link #listPermissions(TenantId, String)} does, without those that are withheld
     * during impersonation.
     */
    List<HeldPermission> listPermissions(Identity identity);

    /** @param via the assignments that allow it */
    record HeldPermission(String permission, List<Decision.Via> via) {}

    /** Returns the users who may do it. Service tokens are not listed. */
    List<AuthorizedUser> listAuthorizedUsers(TenantId tenant, Question question);

    /** @param via the assignments that allow it */
    record AuthorizedUser(UserId subject, List<Decision.Via> via) {}

    /**
     * Returns the permissions that the identity does not hold for the client, or for the whole tenant when no client is given.
     * Granting a role, a token or a membership requires that this set is empty.
     */
    Set<Permission> findMissing(Identity identity, Set<Permission> permissions, Optional<ClientId> client);

    /**
     * Returns the earliest end of those of the permissions that the identity holds for the client, or for the whole tenant when
     * no client is given; {@link Instant#MAX} when none of them ends. Permissions that the identity does not hold are ignored.
     */
    Instant heldUntil(Identity identity, Set<Permission> permissions, Optional<ClientId> client);

    /** Applies a changed policy in this process at once; other processes follow within a second. */
    void refresh(TenantId tenant);
}
