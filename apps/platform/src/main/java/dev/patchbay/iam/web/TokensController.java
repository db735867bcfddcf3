package dev.patchbay.iam.web;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.Permissions;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.tokens.ServiceToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.OneTimeSecret;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Service tokens. Issuing one requires its permissions; its secret is shown once. */
@RestController
@RequestMapping("/api/v1/iam/tokens")
final class TokensController {

    private final ServiceTokens tokens;
    private final Clients clients;
    private final Access access;
    private final Clock clock;

    TokensController(ServiceTokens tokens, Clients clients, Access access, Clock clock) {
        this.tokens = tokens;
        this.clients = clients;
        this.access = access;
        this.clock = clock;
    }

    @Requires("read:tokens")
    @GetMapping
    Page<ServiceToken> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        int pageSize = Math.clamp(limit, 1, 200);
        return Page.of(
                tokens.list(caller.scope(), pageSize + 1, after),
                pageSize,
                token -> token.id().value());
    }

    /**
     * @param permissions {@code action:resource}; either half may be {@code *}
     * @param clientId the only client it serves; without one the whole agency
     * @param expiresAt without one it is accepted until it is revoked
     */
    record TokenRequest(
            @Nullable String name,
            @Nullable List<String> permissions,
            @Nullable String clientId,
            @Nullable Instant expiresAt) {}

    /** @param token the bearer token, shown only once */
    record TokenResponse(ServiceToken details, String token) {

        @Override
        public String toString() {
            return "TokenResponse[" + details.id() + "]";
        }
    }

    @Requires("issue:tokens")
    @PostMapping
    @OneTimeSecret
    @ResponseStatus(HttpStatus.CREATED)
    TokenResponse issue(Caller caller, Identity identity, @RequestBody TokenRequest request) {
        Optional<ClientId> client = RequestInput.client(request.clientId());
        if (client.filter(id -> clients.find(caller.scope(), id).isEmpty()).isPresent()) {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no such client.");
        }
        Instant expiresAt = request.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "expiresAt is in the past.");
        }
        var newToken = new NewToken(
                RequestInput.name(request.name()),
                RequestInput.permissions(request.permissions()),
                client,
                Optional.ofNullable(expiresAt));
        requireHeld(identity, newToken);
        var issuedToken = tokens.issue(caller.scope().tenant(), caller.subject(), newToken);
        return new TokenResponse(issuedToken.token(), issuedToken.secret());
    }

    private void requireHeld(Identity issuer, NewToken newToken) {
        var requested = Permissions.expand(newToken.permissions());
        if (requested.isEmpty()) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "Name at least one permission that exists; see GET /api/v1/iam/permissions.");
        }
        var missing = access.findMissing(issuer, requested, newToken.client());
        if (!missing.isEmpty()) {
            throw new Problem(
                    ProblemType.FORBIDDEN,
                    "You cannot issue a token with permissions that you do not hold: "
                            + missing.stream()
                                    .map(Permission::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", ")) + ".");
        }
    }

    @Requires("issue:tokens")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable TokenId id) {
        if (!tokens.revoke(caller.scope(), caller.subject(), id)) {
            throw new Problem(
                    ProblemType.TOKEN_NOT_FOUND, "There is no service token " + id + ", or it was revoked already.");
        }
    }
}
