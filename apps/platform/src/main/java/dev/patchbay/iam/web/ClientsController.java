package dev.patchbay.iam.web;

import dev.patchbay.iam.Caller;
import dev.patchbay.iam.Client;
import dev.patchbay.iam.Clients;
import dev.patchbay.iam.Requires;
import dev.patchbay.kernel.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/v1/clients}: the businesses the caller serves, by id. */
@RestController
@RequestMapping("/api/v1/clients")
final class ClientsController {

    private final Clients clients;

    ClientsController(Clients clients) {
        this.clients = clients;
    }

    @Requires("read:clients")
    @GetMapping
    Page<ClientResponse> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        int most = Math.clamp(limit, 1, 200);
        var rows = clients.list(caller.scope(), most + 1, after).stream()
                .map(ClientResponse::from)
                .toList();
        return Page.of(rows, most, ClientResponse::id);
    }

    /** @param timeZone IANA name */
    record ClientResponse(String id, String name, String timeZone, JsonNode settings) {

        static ClientResponse from(Client client) {
            return new ClientResponse(
                    client.id().value(), client.name(), client.zone().getId(), client.settings());
        }
    }
}
