package dev.patchbay.flags;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.util.Optional;

/** For whom a flag is evaluated. It comes from authentication or from the work itself, never from what a client sends. */
public record FlagCaller(Optional<UserId> user, Optional<TenantId> tenant) {

    /** A caller who is not signed in. */
    public static final FlagCaller NOBODY = new FlagCaller(Optional.empty(), Optional.empty());

    /** The sender of a request. */
    public static FlagCaller of(Identity identity) {
        return new FlagCaller(identity.user(), Optional.of(identity.tenant()));
    }

    /** Work for a tenant that no user asked for. */
    public static FlagCaller of(TenantId tenant) {
        return new FlagCaller(Optional.empty(), Optional.of(tenant));
    }
}
