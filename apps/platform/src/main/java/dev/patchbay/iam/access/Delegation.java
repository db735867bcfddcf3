package dev.patchbay.iam.access;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Decides which permissions an identity may give to others or take from them: only those that it holds itself, and only for as
 * long as it holds them. Roles, memberships, tokens and invitations are checked here.
 */
@Component
public class Delegation {

    private final Access access;

    Delegation(Access access) {
        this.access = access;
    }

    /**
     * Requires that the identity holds the permissions for the client, or for the whole tenant.
     *
     * @param sentence the start of the refusal, before the list of the permissions that the identity lacks
     * @throws Problem {@code 403.forbidden}
     */
    public void requireHeld(
            Identity identity, Set<Permission> permissions, Optional<ClientId> client, String sentence) {
        Set<Permission> missing = access.findMissing(identity, permissions, client);
        if (!missing.isEmpty()) {
            throw new Problem(ProblemType.FORBIDDEN, sentence + list(missing) + ".");
        }
    }

    /**
     * Returns the end of the permissions that are given: the requested end, or else the moment at which the giver's own
     * permissions end.
     *
     * @param requested empty for the latest possible end
     * @return empty when there is no end
     * @throws Problem {@code 422.variables_invalid} when the requested end is later than the giver's own
     */
    public Optional<Instant> limit(
            Identity giver, Set<Permission> permissions, Optional<ClientId> client, Optional<Instant> requested) {
        Instant end = access.heldUntil(giver, permissions, client);
        if (requested.filter(end::isBefore).isPresent()) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "expiresAt is later than " + end + ", when your own permission for this ends.");
        }
        return requested.or(() -> end.equals(Instant.MAX) ? Optional.empty() : Optional.of(end));
    }

    /**
     * Requires that the identity holds the permissions at least until the end. It is used for grants that have no end of their
     * own.
     *
     * @param end {@link Instant#MAX} when there is no end
     * @throws Problem {@code 403.forbidden}
     */
    public void requireHeldUntil(
            Identity giver, Set<Permission> permissions, Optional<ClientId> client, Instant end, String what) {
        Instant own = access.heldUntil(giver, permissions, client);
        if (own.isBefore(end)) {
            throw new Problem(
                    ProblemType.FORBIDDEN, "You cannot " + what + ": your own permission for it ends at " + own + ".");
        }
    }

    private static String list(Set<Permission> permissions) {
        return permissions.stream().map(Permission::toString).sorted().collect(Collectors.joining(", "));
    }
}
