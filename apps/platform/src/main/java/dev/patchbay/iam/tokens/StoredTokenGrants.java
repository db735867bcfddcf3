package dev.patchbay.iam.tokens;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.TokenGrant;
import dev.patchbay.iam.access.TokenGrants;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Reads the grants of service tokens. It is separate from {@link ServiceTokens}, which depends on the access decisions that
 * read these grants.
 */
@Component
final class StoredTokenGrants implements TokenGrants {

    private final ServiceTokenRepository repository;
    private final Tenancy tenancy;
    private final Clock clock;

    StoredTokenGrants(ServiceTokenRepository repository, Tenancy tenancy, Clock clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @Override
    public Optional<TokenGrant> findGrant(TenantId tenant, TokenId id) {
        return tenancy.inTenant(tenant, () -> repository.findGrant(tenant, id, clock.instant()));
    }
}
