package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Decision;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers who may do what, and why. */
@RestController
@RequestMapping("/api/v1/iam")
final class AccessController {

    private final Access access;
    private final Clients clients;

    AccessController(Access access, Clients clients) {
        this.access = access;
        this.clients = clients;
    }

    /**
     * @param subject a user's or service token's id
     * @param action for example {@code read}
     * @param resource a kind of resource, for example {@code flows}, or one of them: {@code flows/flw_…}
     * @param clientId the client it is needed for; without one the whole agency
     */
    record CheckRequest(
            @Nullable String subject,
            @Nullable String action,
            @Nullable String resource,
            @Nullable String clientId) {}

    @Requires(value = "read:roles", tenantWide = true)
    @PostMapping("/check")
    Decision check(Caller caller, @RequestBody CheckRequest request) {
        return access.check(
                caller.scope().tenant(),
                RequestInput.text("subject", request.subject()),
                question(
                        caller,
                        RequestInput.text("action", request.action()),
                        RequestInput.text("resource", request.resource()),
                        Optional.ofNullable(request.clientId())));
    }

    /** The effective permissions of a user or service token. */
    @Requires(value = "read:roles", tenantWide = true)
    @GetMapping("/subjects/{subject}/permissions")
    Page<Access.HeldPermission> listPermissions(Caller caller, @PathVariable String subject) {
        return new Page<>(access.listPermissions(caller.scope().tenant(), subject), null);
    }

    /** The users who may do it. */
    @Requires(value = "read:roles", tenantWide = true)
    @GetMapping("/who")
    Page<Access.AuthorizedUser> listAuthorizedUsers(
            Caller caller,
            @RequestParam String action,
            @RequestParam String resource,
            @RequestParam Optional<String> clientId) {
        return new Page<>(
                access.listAuthorizedUsers(caller.scope().tenant(), question(caller, action, resource, clientId)),
                null);
    }

    private Access.Question question(Caller caller, String action, String resource, Optional<String> clientId) {
        int slash = resource.indexOf('/');
        Permission permission =
                RequestInput.permission(action + ":" + (slash < 0 ? resource : resource.substring(0, slash)));
        ClientId client = RequestInput.client(clientId.orElse(null)).orElse(null);
        if (client != null && clients.find(caller.scope(), client).isEmpty()) {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + client + ".");
        }
        return new Access.Question(permission, client, slash < 0 ? null : resource);
    }
}
