package dev.patchbay.iam.tokens;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.TokenGrant;
import dev.patchbay.iam.access.TokenGrants;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Bearer tokens of programs: opaque ({@code pbt_} and 32 random bytes), shown once, stored as SHA-256. A random token needs no
 * slow hash, since it cannot be guessed. Each request looks it up, so revoking takes effect at once.
 */
@Component
public class ServiceTokens implements TokenGrants {

    private final ServiceTokenRepository repository;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    ServiceTokens(ServiceTokenRepository repository, Tenancy tenancy, ChangeAudit audit, Clock clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** Issues a token for the whole tenant, without expiry, with the system as issuer; returns its secret. */
    public String issue(TenantId tenant, String name, Set<String> permissions) {
        return issue(tenant, "system", NewToken.of(name, permissions)).secret();
    }

    /** Issues a token. The caller checks before whether the issuer holds its permissions. */
    public IssuedToken issue(TenantId tenant, String issuer, NewToken newToken) {
        String secret = "pbt_" + Secret.next();
        return tenancy.inTenant(tenant, () -> {
            TokenId id = save(tenant, issuer, newToken, secret);
            var token = repository.find(tenant, id).orElseThrow();
            audit.recordChange(token.scope(tenant), issuer, "token.issued", "token/" + id, null, token);
            return new IssuedToken(token, secret);
        });
    }

    /** Issues a token with a fixed secret, for development data: repeating it changes name and permissions only. */
    public void issueFixed(TenantId tenant, String name, Set<String> permissions, String secret) {
        tenancy.inTenant(tenant, () -> save(tenant, "system", NewToken.of(name, permissions), secret));
    }

    private TokenId save(TenantId tenant, String issuer, NewToken newToken, String secret) {
        return repository.save(tenant, TokenId.next(clock.instant()), issuer, newToken, Secret.hash(secret));
    }

    /** Revokes the token at once; false when there is none within the scope, or it was revoked before. */
    public boolean revoke(TenantScope scope, String actor, TokenId id) {
        var tenant = scope.tenant();
        return tenancy.inTenant(tenant, () -> {
            Instant now = clock.instant();
            boolean revoked = repository
                            .find(tenant, id)
                            .filter(token -> token.stateAt(now).mayBecome(TokenState.REVOKED))
                            .isPresent()
                    && repository.revoke(scope, id, now);
            if (revoked) {
                var token = repository.find(tenant, id).orElseThrow();
                audit.recordChange(token.scope(tenant), actor, "token.revoked", "token/" + id, token, null);
            }
            return revoked;
        });
    }

    /**
     * The tokens within the scope, newest first.
     *
     * @param after the id of the last one already listed; empty text starts at the newest
     */
    public List<ServiceToken> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> repository.list(scope, limit, after));
    }

    @Override
    public Optional<TokenGrant> findGrant(TenantId tenant, TokenId id) {
        return tenancy.inTenant(tenant, () -> repository.find(tenant, id))
                .filter(token -> token.stateAt(clock.instant()) == TokenState.ACTIVE)
                .map(ServiceToken::grant);
    }

    /** The identity of a bearer token; empty when it is unknown, expired or revoked. */
    public Optional<Identity> authenticate(String secret) {
        return tenancy.throughDefinerFunction(() -> repository.authenticate(Secret.hash(secret), clock.instant()));
    }
}
