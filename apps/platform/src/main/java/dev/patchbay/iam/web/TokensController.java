package dev.patchbay.iam.web;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Assignment;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.people.Dependents;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.tokens.ServiceToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.OneTimeSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

/** Manages service tokens. Issuing or revoking a token requires its permissions, and its secret is shown once. */
@RestController
@RequestMapping("/api/v1/iam/tokens")
final class TokensController {

    private final ServiceTokens tokens;
    private final Dependents dependents;
    private final Clients clients;

    TokensController(ServiceTokens tokens, Dependents dependents, Clients clients) {
        this.tokens = tokens;
        this.dependents = dependents;
        this.clients = clients;
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
     * @param clientId the only client for which it is valid; without one it is valid for the whole agency
     * @param expiresAt the end; without one it is accepted until it is revoked, or until the permissions of its issuer end
     */
    record TokenRequest(
            @Nullable String name,
            @Nullable List<String> permissions,
            @Nullable String clientId,
            @Nullable Instant expiresAt) {}

    /** @param token the bearer token, which is shown only once */
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
        var newToken = new NewToken(
                RequestInput.name(request.name()),
                RequestInput.permissions(request.permissions()),
                client,
                Optional.ofNullable(request.expiresAt()));
        var issuedToken = tokens.issue(identity, newToken);
        return new TokenResponse(issuedToken.token(), issuedToken.secret());
    }

    /** Lists the tokens and open invitations that revoking the token ends, and the roles that it assigned, which stay. */
    @Requires(
            value = {"read:tokens", "read:users", "read:roles"},
            tenantWide = true)
    @GetMapping("/{id}/dependents")
    Dependents.Resting listTokenDependents(Caller caller, @PathVariable TokenId id) {
        return dependents.list(caller.scope().tenant(), existing(caller, id).value());
    }

    /** Ends the roles that the token assigned. */
    @Requires(
            value = {"read:tokens", "assign:roles"},
            tenantWide = true)
    @DeleteMapping("/{id}/dependents/roles")
    Page<Assignment> endRolesGivenByToken(Caller caller, Identity identity, @PathVariable TokenId id) {
        return new Page<>(
                dependents.endRoles(
                        identity, caller.scope().tenant(), existing(caller, id).value()),
                null);
    }

    private TokenId existing(Caller caller, TokenId id) {
        return tokens.find(caller.scope(), id)
                .map(ServiceToken::id)
                .orElseThrow(() -> new Problem(ProblemType.TOKEN_NOT_FOUND, "There is no service token " + id + "."));
    }

    @Requires("issue:tokens")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, Identity identity, @PathVariable TokenId id) {
        if (!dependents.revokeToken(identity, caller.scope(), id)) {
            throw new Problem(
                    ProblemType.TOKEN_NOT_FOUND, "There is no service token " + id + ", or it was revoked already.");
        }
    }
}
