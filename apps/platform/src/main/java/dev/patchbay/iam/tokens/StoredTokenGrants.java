package dev.patchbay.iam.tokens;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.TokenGrant;
import dev.patchbay.iam.access.TokenGrants;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads what service tokens may do; apart from {@link ServiceTokens}, which asks the decision point that reads this. */
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
