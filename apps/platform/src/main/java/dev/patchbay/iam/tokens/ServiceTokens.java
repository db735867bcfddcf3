package dev.patchbay.iam.tokens;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Delegation;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.Permissions;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Manages the bearer tokens of programs. A token is opaque ({@code pbt_} and 32 random bytes), shown once, and stored as
 * SHA-256. It needs no slow hash, because random bytes cannot be guessed. Each request looks it up, so revoking takes effect at
 * once.
 */
@Component
public class ServiceTokens {

    private final ServiceTokenRepository repository;
    private final Delegation delegation;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    ServiceTokens(
            ServiceTokenRepository repository, Delegation delegation, Tenancy tenancy, ChangeAudit audit, Clock clock) {
        this.repository = repository;
        this.delegation = delegation;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** Issues a token for the whole tenant, without expiry, with the system as issuer; returns its secret. */
    public String issue(TenantId tenant, String name, Set<String> permissions) {
        return issue(tenant, "system", NewToken.of(name, permissions)).secret();
    }

    /**
     * Issues a token for a user or a service token. It is valid as long as its issuer is, and allows what a user who issued it
     * holds at the time.
     *
     * @return the token; its end is the issuer's own end when there is one and the request names none
     * @throws Problem {@code 403.forbidden} when the issuer lacks one of its permissions; {@code 422.variables_invalid} when it
     *     names no permission, or an end that is past or later than the issuer's own
     */
    public IssuedToken issue(Identity issuer, NewToken newToken) {
        var requested = Permissions.expand(newToken.permissions());
        if (requested.isEmpty()) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "Name at least one permission that exists; see GET /api/v1/iam/permissions.");
        }
        if (newToken.expiresAt().filter(end -> !end.isAfter(clock.instant())).isPresent()) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "expiresAt is in the past.");
        }
        delegation.requireHeld(
                issuer,
                requested,
                newToken.client(),
                "You cannot issue a token with permissions that you do not hold: ");
        var end = delegation.limit(issuer, requested, newToken.client(), newToken.expiresAt());
        return issue(
                issuer.tenant(),
                issuer.subject(),
                new NewToken(newToken.name(), newToken.permissions(), newToken.client(), end));
    }

    /**
     * Issues a token as {@link #issue(Identity, NewToken)} does, without a check of the issuer. It serves the system itself.
     */
    public IssuedToken issue(TenantId tenant, String issuer, NewToken newToken) {
        String secret = "pbt_" + Secret.next();
        return tenancy.inTenant(tenant, () -> {
            TokenId id = save(tenant, issuer, newToken, secret);
            var token = repository.find(tenant, id).orElseThrow();
            audit.recordChange(token.scope(tenant), issuer, "token.issued", "token/" + id, null, token);
            return new IssuedToken(token, secret);
        });
    }

    /** Issues a token with a fixed secret for development data. Repeating it changes only name and permissions. */
    public void issueFixed(TenantId tenant, String name, Set<String> permissions, String secret) {
        tenancy.inTenant(tenant, () -> save(tenant, "system", NewToken.of(name, permissions), secret));
    }

    private TokenId save(TenantId tenant, String issuer, NewToken newToken, String secret) {
        return repository.save(tenant, TokenId.next(clock.instant()), issuer, newToken, Secret.hash(secret));
    }

    /**
     * Revokes the token, and those that it issued, at once.
     *
     * @param revoker holds the token's permissions, or issued it, or is the token itself
     * @return false when there is no such token within the scope, or it was revoked before
     * @throws Problem {@code 403.forbidden}
     */
    public boolean revoke(Identity revoker, TenantScope scope, TokenId id) {
        var tenant = scope.tenant();
        return tenancy.inTenant(tenant, () -> {
            var token = repository
                    .find(tenant, id)
                    .filter(found -> found.client().map(scope::includes).orElse(scope.isWholeTenant()))
                    .filter(found -> found.stateAt(clock.instant()).mayBecome(TokenState.REVOKED));
            token.filter(found -> !found.issuedBy().equals(revoker.subject())
                            && !found.id().value().equals(revoker.subject()))
                    .ifPresent(found -> delegation.requireHeld(
                            revoker,
                            found.allowed(),
                            found.client(),
                            "You cannot revoke a token with permissions that you do not hold: "));
            token.ifPresent(found -> {
                revokeIssuedBy(tenant, revoker.subject(), id.value());
                revoke(tenant, revoker.subject(), found);
            });
            return token.isPresent();
        });
    }

    /**
     * Revokes the tokens that this user or service token issued, and those that were issued by them, within the tenant's
     * transaction.
     *
     * @return the revoked tokens
     */
    public List<ServiceToken> revokeIssuedBy(TenantId tenant, String actor, String issuer) {
        var issued = listIssuedBy(tenant, issuer);
        issued.forEach(token -> revoke(tenant, actor, token));
        return issued;
    }

    private void revoke(TenantId tenant, String actor, ServiceToken token) {
        if (repository.revoke(tenant, token.id(), clock.instant())) {
            audit.recordChange(token.scope(tenant), actor, "token.revoked", "token/" + token.id(), token, null);
        }
    }

    /**
     * Returns the tokens that this user or service token issued, directly or through other tokens, by id. Revoked ones are left
     * out.
     */
    public List<ServiceToken> listIssuedBy(TenantId tenant, String issuer) {
        return listEverIssuedBy(tenant, issuer).stream()
                .filter(token -> token.revokedAt() == null)
                .toList();
    }

    /** Lists the tokens as {@link #listIssuedBy} does, including those that were revoked. */
    public List<ServiceToken> listEverIssuedBy(TenantId tenant, String issuer) {
        return tenancy.inTenant(tenant, () -> repository.listIssuedBy(tenant, issuer));
    }

    /** Returns the token when it is within the scope. */
    public Optional<ServiceToken> find(TenantScope scope, TokenId id) {
        return tenancy.inTenant(scope.tenant(), () -> repository.find(scope.tenant(), id))
                .filter(token -> token.client().map(scope::includes).orElse(scope.isWholeTenant()));
    }

    /**
     * Returns the tokens within the scope, newest first.
     *
     * @param after the id of the last one already listed; empty text starts at the newest
     */
    public List<ServiceToken> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> repository.list(scope, limit, after));
    }

    /**
     * Returns the identity of a bearer token; empty when it is unknown, or when it or an issuer on which it depends has ended.
     */
    public Optional<Identity> authenticate(String secret) {
        return tenancy.throughDefinerFunction(() -> repository.authenticate(Secret.hash(secret), clock.instant()));
    }
}
