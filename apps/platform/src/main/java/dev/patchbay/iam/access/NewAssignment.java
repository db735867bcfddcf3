package dev.patchbay.iam.access;

import dev.patchbay.iam.RoleId;
import dev.patchbay.kernel.ClientId;
import java.time.Instant;
import java.util.Optional;

/** An assignment that is to be made. The members are those of {@link Assignment}. */
public record NewAssignment(
        String subject,
        RoleId role,
        Optional<ClientId> client,
        Optional<String> resource,
        Optional<Instant> expiresAt) {

    /** Returns an assignment for the whole tenant, without expiry. */
    public static NewAssignment ofTenant(String subject, RoleId role) {
        return new NewAssignment(subject, role, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the same assignment for another subject. */
    public NewAssignment withSubject(String other) {
        return new NewAssignment(other, role, client, resource, expiresAt);
    }

    /** Returns the same assignment with another end. */
    NewAssignment withEnd(Optional<Instant> end) {
        return new NewAssignment(subject, role, client, resource, end);
    }

    SystemRole.Target target() {
        return client.isPresent()
                ? SystemRole.Target.CLIENT
                : resource.isPresent() ? SystemRole.Target.RESOURCE : SystemRole.Target.TENANT;
    }
}
