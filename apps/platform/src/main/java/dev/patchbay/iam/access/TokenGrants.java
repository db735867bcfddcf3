package dev.patchbay.iam.access;

import dev.patchbay.iam.TokenId;
import dev.patchbay.kernel.TenantId;
import java.util.Optional;

/** Reads the grants of service tokens. The implementation is in {@code iam.tokens}. */
public interface TokenGrants {

    /**
     * Returns the grant of a valid token; empty when there is no such token, or when it or an issuer on which it depends has
     * ended.
     */
    Optional<TokenGrant> findGrant(TenantId tenant, TokenId token);
}
