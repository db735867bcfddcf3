package dev.patchbay.connections.web;

import dev.patchbay.connections.PortBindings;
import dev.patchbay.connections.PortBindings.BindingView;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds connections to ports, for one client, or without {@code clientId} for every client that has no binding of its own.
 * Accounts belong to the agency and often serve several clients, so binding needs a permission for the whole agency. Otherwise
 * a client's own people could bind another client's CRM or calendar.
 */
@RestController
@RequestMapping("/api/v1/bindings")
class BindingsController {

    private final PortBindings bindings;
    private final Clients clients;

    BindingsController(PortBindings bindings, Clients clients) {
        this.bindings = bindings;
        this.clients = clients;
    }

    record BindingRequest(
            @Nullable String connectionId, @Nullable ObjectNode settings) {}

    @Requires("read:connections")
    @GetMapping
    Page<BindingView> list(
            Caller caller,
            @RequestParam(defaultValue = "200") int limit,
            @RequestParam(defaultValue = "") String after) {
        return bindings.list(caller.scope(), Math.clamp(limit, 1, 200), after);
    }

    @Requires(value = "bind:connections", tenantWide = true)
    @PutMapping("/{port}")
    BindingView bind(
            Caller caller,
            @PathVariable String port,
            @RequestParam Optional<String> clientId,
            @RequestBody BindingRequest request) {
        Optional<ClientId> client = client(caller, clientId);
        if (request.connectionId() == null) {
            throw new Problem(
                    ProblemType.CONNECTION_INVALID, "Send connectionId: the connection that is to serve " + port + ".");
        }
        return bindings.bind(
                caller.scope().tenant(),
                caller.subject(),
                client,
                port,
                ConnectionIds.require(request.connectionId()),
                Optional.ofNullable(request.settings()).orElseGet(Json::object));
    }

    @Requires(value = "bind:connections", tenantWide = true)
    @DeleteMapping("/{port}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unbind(Caller caller, @PathVariable String port, @RequestParam Optional<String> clientId) {
        bindings.unbind(caller.scope().tenant(), caller.subject(), client(caller, clientId), port);
    }

    /**
     * Reads the client, if the request names one.
     *
     * @throws Problem {@code 404.client_not_found}
     */
    private Optional<ClientId> client(Caller caller, Optional<String> clientId) {
        return clientId.map(text -> ClientId.parse(text)
                .filter(id -> clients.find(caller.scope(), id).isPresent())
                .orElseThrow(() -> new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + text + ".")));
    }
}
