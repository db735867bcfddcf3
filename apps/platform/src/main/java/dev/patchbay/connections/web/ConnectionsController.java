package dev.patchbay.connections.web;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.NewAccount;
import dev.patchbay.connections.ConnectedAccounts.ResourceView;
import dev.patchbay.connections.TenantKeys;
import dev.patchbay.connections.spi.ConnectionDependents.Dependent;
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

/** Accounts at providers: connected, tested, mended and taken out of use. Secrets go in and never come out. */
@RestController
@RequestMapping("/api/v1/connections")
class ConnectionsController {

    private final ConnectedAccounts accounts;
    private final TenantKeys keys;

    ConnectionsController(ConnectedAccounts accounts, TenantKeys keys) {
        this.accounts = accounts;
        this.keys = keys;
    }

    /** @param secrets written only; what is missing can follow */
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

    /** What is not named stays. */
    record ConnectionChangeRequest(@Nullable String name, @Nullable ObjectNode settings) {}

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
        return accounts.get(caller.scope().tenant(), id);
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
        return accounts.change(caller.scope().tenant(), caller.subject(), id, request.name(), request.settings());
    }

    /** Replaces the secrets that are named; connects a disconnected account again. */
    @Requires(value = "write:connections", tenantWide = true)
    @PutMapping("/{id}/secrets")
    ConnectionView enterSecrets(Caller caller, @PathVariable String id, @RequestBody Map<String, String> secrets) {
        return accounts.enterSecrets(caller.scope().tenant(), caller.subject(), id, secrets);
    }

    /** The secret and the one entered as {@code <name>.next} change places. */
    @Requires(value = "write:connections", tenantWide = true)
    @PostMapping("/{id}/secrets/{name}/promote")
    ConnectionView promoteSecret(Caller caller, @PathVariable String id, @PathVariable String name) {
        return accounts.promoteSecret(caller.scope().tenant(), caller.subject(), id, name);
    }

    /** {@code <name>.next} is accepted no longer. */
    @Requires(value = "write:connections", tenantWide = true)
    @DeleteMapping("/{id}/secrets/{name}/next")
    ConnectionView retireSecret(Caller caller, @PathVariable String id, @PathVariable String name) {
        return accounts.retireSecret(caller.scope().tenant(), caller.subject(), id, name);
    }

    @Requires(value = "write:connections", tenantWide = true)
    @PostMapping("/{id}/test")
    ConnectionView test(Caller caller, @PathVariable String id) {
        return accounts.test(caller.scope().tenant(), id);
    }

    /** What the account holds that can belong to a client: {@code agent}, {@code number}, {@code calendar}, {@code location}. */
    @Requires(value = "read:connections", tenantWide = true)
    @GetMapping("/{id}/resources")
    Page<ResourceView> resources(Caller caller, @PathVariable String id, @RequestParam String kind) {
        return new Page<>(accounts.listResources(caller.scope().tenant(), id, kind), null);
    }

    /** The flows that stop when it is disconnected. */
    @Requires(value = "read:connections", tenantWide = true)
    @GetMapping("/{id}/dependents")
    Page<Dependent> dependents(Caller caller, @PathVariable String id) {
        return new Page<>(accounts.findDependents(caller.scope().tenant(), id), null);
    }

    @Requires(value = "write:connections", tenantWide = true)
    @DeleteMapping("/{id}")
    ConnectionView disconnect(Caller caller, @PathVariable String id) {
        return accounts.disconnect(caller.scope().tenant(), caller.subject(), id);
    }

    /** A new data key for everything sealed of the tenant. */
    @Requires(value = "write:connections", tenantWide = true)
    @PostMapping("/keys/rotate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void rotateKey(Caller caller) {
        keys.rotate(caller.scope().tenant(), caller.subject());
    }
}
