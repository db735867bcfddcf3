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
     * @param client the client it is needed for; null: for the whole tenant, or the resource
     * @param resource the resource it is needed for, as {@code flows/flw_…}; null: none in particular
     */
    record Question(
            Permission permission,
            @Nullable ClientId client,
            @Nullable String resource) {}

    /** The scope in which the identity holds the permission; empty: nowhere. */
    Optional<TenantScope> findScope(Identity identity, Permission permission);

    /** Whether the identity holds the permission for this one resource. */
    boolean holds(Identity identity, Permission permission, String resource);

    /** Whether the user or service token may do it, and why. */
    Decision check(TenantId tenant, String subject, Question question);

    /** The permissions of the user or service token, each with the assignments that allow it. */
    List<HeldPermission> listPermissions(TenantId tenant, String subject);

    /** As {@link #listPermissions(TenantId, String)}, without the permissions that are withheld during impersonation. */
    List<HeldPermission> listPermissions(Identity identity);

    /** @param via the assignments that allow it */
    record HeldPermission(String permission, List<Decision.Via> via) {}

    /** The users who may do it; service tokens are not listed. */
    List<AuthorizedUser> listAuthorizedUsers(TenantId tenant, Question question);

    /** @param via the assignments that allow it */
    record AuthorizedUser(UserId subject, List<Decision.Via> via) {}

    /**
     * The permissions that the identity does not hold for the client, or for the whole tenant where none is named. Granting a
     * role, a token or a membership requires that there are none.
     */
    Set<Permission> findMissing(Identity identity, Set<Permission> permissions, Optional<ClientId> client);

    /**
     * When the first of the permissions ends that the identity holds for the client, or for the whole tenant; {@link Instant#MAX} when
     * none does. Permissions that it does not hold are left out.
     */
    Instant heldUntil(Identity identity, Set<Permission> permissions, Optional<ClientId> client);

    /** Applies a changed policy in this process at once; other processes follow within a second. */
    void refresh(TenantId tenant);
}
