package dev.patchbay.iam.access;

import dev.patchbay.iam.TokenId;
import dev.patchbay.kernel.TenantId;
import java.util.Optional;

/** Reads what service tokens may do; implemented by {@code iam.tokens}. */
public interface TokenGrants {

    /** The grant of a token that still works; empty when there is none, or it or what it rests on has ended. */
    Optional<TokenGrant> findGrant(TenantId tenant, TokenId token);
}
