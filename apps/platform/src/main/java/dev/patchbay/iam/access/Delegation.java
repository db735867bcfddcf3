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
 * Decides what an identity may give to others, and take from them: nothing that it does not hold itself, and nothing for longer than
 * it holds it. Roles, memberships, tokens and invitations are given through here.
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
     * @param sentence what it cannot do without them, up to the list of those that it lacks
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
     * The end of what is given: the wanted one, else the moment at which the giver's own permissions end.
     *
     * @param requested empty: as late as possible
     * @return empty when neither ends
     * @throws Problem {@code 422.variables_invalid} when the wanted end is later than the giver's own
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
     * Requires that the identity holds the permissions at least until then, for what is given without an end of its own.
     *
     * @param end {@link Instant#MAX}: without end
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
