package dev.patchbay.iam.access;

import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one place where it is decided who may do what. What is not allowed by an assignment or a token is refused. */
public interface Access {

    /**
     * What is asked for.
     *
     * @param client for which client; null: for the whole tenant, or the resource
     * @param resource what is touched, as {@code flows/flw_…}; null when no single thing is
     */
    record Question(
            Permission permission,
            @Nullable ClientId client,
            @Nullable String resource) {}

    /** Where the caller may do it; empty: nowhere. */
    Optional<TenantScope> findScope(Identity identity, Permission permission);

    /** Whether the caller may do it to this one thing, because it was given to them by itself. */
    boolean holds(Identity identity, Permission permission, String resource);

    /** Whether the user or service token may do it, and why. */
    Decision check(TenantId tenant, String subject, Question question);

    /** Everything the user or service token may do, and where. */
    List<HeldPermission> listPermissions(TenantId tenant, String subject);

    /** As {@link #listPermissions(TenantId, String)}, less what is withheld from whoever acts for the user. */
    List<HeldPermission> listPermissions(Identity identity);

    /** @param via what allows it there */
    record HeldPermission(String permission, List<Decision.Via> via) {}

    /** The users who may do it. Service tokens are listed by {@link ServiceTokens}. */
    List<AuthorizedUser> listAuthorizedUsers(TenantId tenant, Question question);

    /** @param via what allows it */
    record AuthorizedUser(String subject, List<Decision.Via> via) {}

    /** Of the permissions, those that the caller does not hold for that scope: nobody gives what they have not got. */
    Set<Permission> findMissing(Identity identity, Set<Permission> permissions, Optional<ClientId> client);

    /** What was changed about the tenant's policy holds in this process at once, in every other within a second. */
    void refresh(TenantId tenant);
}
