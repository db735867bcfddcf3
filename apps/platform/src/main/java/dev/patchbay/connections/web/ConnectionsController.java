package dev.patchbay.connections.web;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.NewAccount;
import dev.patchbay.connections.ConnectedAccounts.ResourceView;
import dev.patchbay.connections.Dependent;
import dev.patchbay.connections.TenantKeys;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Connects, tests, changes and disconnects accounts. Secrets are accepted and never returned. */
@RestController
@RequestMapping("/api/v1/connections")
class ConnectionsController {

    private final ConnectedAccounts accounts;
    private final TenantKeys keys;

    ConnectionsController(ConnectedAccounts accounts, TenantKeys keys) {
        this.accounts = accounts;
        this.keys = keys;
    }

    /** @param secrets never returned; missing ones can be sent later */
    record ConnectRequest(
            @Nullable String provider,
            @Nullable String name,
            @Nullable URI baseUrl,
            @Nullable ObjectNode settings,
            @Nullable Map<String, String> secrets) {

        @Override
        public String toString() {
            return "ConnectRequest[" + provider + " " + name + "]";
        }
    }

    /** Absent members keep their value. */
    record ConnectionChangeRequest(
            @Nullable String name, @Nullable ObjectNode settings) {}

    @Requires(value = "read:connections", tenantWide = true)
    @GetMapping
    Page<ConnectionView> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        return accounts.list(caller.scope().tenant(), Math.clamp(limit, 1, 200), after);
    }

    @Requires(value = "read:connections", tenantWide = true)
    @GetMapping("/{id}")
    ConnectionView get(Caller caller, @PathVariable String id) {
        return accounts.get(caller.scope().tenant(), ConnectionIds.require(id));
    }

    @Requires(value = "write:connections", tenantWide = true)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ConnectionView connect(Caller caller, @RequestBody ConnectRequest request) {
        if (request.provider() == null || request.name() == null) {
            throw new Problem(ProblemType.CONNECTION_INVALID, "Send provider and name.");
        }
        return accounts.connect(
                caller.scope().tenant(),
                caller.subject(),
                new NewAccount(
                        null,
                        request.provider(),
                        request.name(),
                        request.baseUrl(),
                        Optional.ofNullable(request.settings()).orElseGet(Json::object),
                        Optional.ofNullable(request.secrets()).orElseGet(Map::of),
                        Optional.empty()));
    }

    @Requires(value = "write:connections", tenantWide = true)
    @PatchMapping("/{id}")
    ConnectionView change(Caller caller, @PathVariable String id, @RequestBody ConnectionChangeRequest request) {
        return accounts.change(
                caller.scope().tenant(),
                caller.subject(),
                ConnectionIds.require(id),
                request.name(),
                request.settings());
    }

    /** Replaces the named secrets; reconnects a disconnected account. */
    @Requires(value = "write:connections", tenantWide = true)
    @PutMapping("/{id}/secrets")
    ConnectionView enterSecrets(Caller caller, @PathVariable String id, @RequestBody Map<String, String> secrets) {
        return accounts.enterSecrets(caller.scope().tenant(), caller.subject(), ConnectionIds.require(id), secrets);
    }

    /** Swaps the secret with the one entered as {@code <name>.next}. */
    @Requires(value = "write:connections", tenantWide = true)
    @PostMapping("/{id}/secrets/{name}/promote")
    ConnectionView promoteSecret(Caller caller, @PathVariable String id, @PathVariable String name) {
        return accounts.promoteSecret(caller.scope().tenant(), caller.subject(), ConnectionIds.require(id), name);
    }

    /** Deletes {@code <name>.next}. */
    @Requires(value = "write:connections", tenantWide = true)
    @DeleteMapping("/{id}/secrets/{name}/next")
    ConnectionView retireSecret(Caller caller, @PathVariable String id, @PathVariable String name) {
        return accounts.retireSecret(caller.scope().tenant(), caller.subject(), ConnectionIds.require(id), name);
    }

    @Requires(value = "write:connections", tenantWide = true)
    @PostMapping("/{id}/test")
    ConnectionView test(Caller caller, @PathVariable String id) {
        return accounts.test(caller.scope().tenant(), ConnectionIds.require(id));
    }

    /** Lists resources of the account that a client can be mapped or bound to: agents, numbers, calendars or locations. */
    @Requires(value = "read:connections", tenantWide = true)
    @GetMapping("/{id}/resources")
    Page<ResourceView> resources(Caller caller, @PathVariable String id, @RequestParam String kind) {
        return new Page<>(accounts.listResources(caller.scope().tenant(), ConnectionIds.require(id), kind), null);
    }

    /** Lists the active flows that stop working when the account is disconnected. */
    @Requires(value = "read:connections", tenantWide = true)
    @GetMapping("/{id}/dependents")
    Page<Dependent> dependents(Caller caller, @PathVariable String id) {
        return new Page<>(accounts.findDependents(caller.scope().tenant(), ConnectionIds.require(id)), null);
    }

    @Requires(value = "write:connections", tenantWide = true)
    @DeleteMapping("/{id}")
    ConnectionView disconnect(Caller caller, @PathVariable String id) {
        return accounts.disconnect(caller.scope().tenant(), caller.subject(), ConnectionIds.require(id));
    }

    /** Rotates the data key that seals the tenant's secrets. */
    @Requires(value = "write:connections", tenantWide = true)
    @PostMapping("/keys/rotate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void rotateKey(Caller caller) {
        keys.rotate(caller.scope().tenant(), caller.subject());
    }
}
