package dev.patchbay.connections.web;

import dev.patchbay.connections.Routes;
import dev.patchbay.connections.Routes.Route;
import dev.patchbay.connections.Routes.Source;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Maps a provider's agents, numbers, locations and customers to clients. */
@RestController
@RequestMapping("/api/v1/ingress/routes")
class RoutesController {

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private final Routes routes;
    private final Clients clients;

    RoutesController(Routes routes, Clients clients) {
        this.routes = routes;
        this.clients = clients;
    }

    /** @param kind {@code agent}, {@code number}, {@code location} or {@code customer} */
    record RouteRequest(
            @Nullable String connectionId,
            @Nullable String kind,
            @Nullable String externalId,
            @Nullable String clientId) {}

    @Requires(value = "read:ingress", tenantWide = true)
    @GetMapping
    Page<Route> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        return routes.list(caller.scope().tenant(), Math.clamp(limit, 1, 200), after);
    }

    /** Maps a source to a client; events that wait for the mapping are dispatched to the client's flows. */
    @Requires(value = "operate:ingress", tenantWide = true)
    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void map(Caller caller, @RequestBody RouteRequest request) {
        Source source = source(request.connectionId(), request.kind(), request.externalId());
        String clientId = requirePrintable("clientId", request.clientId());
        ClientId client = ClientId.parse(clientId)
                .filter(id -> clients.find(caller.scope(), id).isPresent())
                .orElseThrow(() -> new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + clientId + "."));
        routes.map(caller.scope().tenant(), caller.subject(), source, client);
    }

    /** Removes a mapping: events from the source wait until it is mapped again. */
    @Requires(value = "operate:ingress", tenantWide = true)
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unmap(
            Caller caller,
            @RequestParam String connectionId,
            @RequestParam String kind,
            @RequestParam String externalId) {
        routes.unmap(caller.scope().tenant(), caller.subject(), source(connectionId, kind, externalId));
    }

    private static Source source(@Nullable String connectionId, @Nullable String kind, @Nullable String externalId) {
        return new Source(
                ConnectionIds.require(requirePrintable("connectionId", connectionId)),
                requirePrintable("kind", kind),
                requirePrintable("externalId", externalId));
    }

    private static String requirePrintable(String name, @Nullable String text) {
        if (text == null || !PRINTABLE.matcher(text).matches()) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "Send " + name + ", of 1 to 256 printable characters without spaces.");
        }
        return text;
    }
}
