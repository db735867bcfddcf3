package dev.patchbay.ingress.ingestion;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.RouteMapped;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.ingress.dispatch.Dispatcher;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Resolves the client of an event by its routes, and assigns unattributed events once one of their routes is mapped. */
@Component
public class ClientResolver extends PeriodicTask {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int MAX_ROUTES = 1_000;

    private final Connections connections;
    private final UnattributedEventRepository events;
    private final Dispatcher dispatcher;
    private final Tenancy tenancy;

    ClientResolver(
            Connections connections,
            UnattributedEventRepository events,
            Dispatcher dispatcher,
            Tenancy tenancy,
            Settings settings) {
        super("client-resolver", INTERVAL, settings.roles().contains("worker"));
        this.connections = connections;
        this.events = events;
        this.dispatcher = dispatcher;
        this.tenancy = tenancy;
    }

    /** Returns the client of the first route that is mapped. */
    public Optional<ClientId> resolve(WebhookEndpoint endpoint, List<Route> routes) {
        return routes.stream()
                .flatMap(
                        route -> connections
                                .findRoutedClient(endpoint.tenant(), endpoint.connectionId(), route.kind(), route.id())
                                .stream())
                .findFirst();
    }

    /**
     * Looks up the routes of an event without a client once more, after the event was stored, because a mapping that was
     * committed meanwhile could not see the event. One of the two transactions always sees the other's commit.
     */
    void resolveAfterStoring(IncomingEvent incomingEvent) {
        var event = incomingEvent.event();
        if (event.client().isPresent()) {
            return;
        }
        ConnectionId connection = event.connectionId();
        for (Route route : incomingEvent.routes()) {
            connections
                    .findRoutedClient(event.tenant(), connection, route.kind(), route.id())
                    .ifPresent(client -> assignClient(
                            new RouteMapped(event.tenant(), connection, route.kind(), route.id(), client)));
        }
    }

    /** Assigns events whose route was mapped while they were stored, if the storing process died before it assigned them. */
    @Override
    protected void runOnce() {
        tenancy.throughDefinerFunction(() -> events.findMappedRoutes(MAX_ROUTES))
                .forEach(this::assignClient);
    }

    @EventListener
    void assignClient(RouteMapped route) {
        int assigned = tenancy.inTenant(route.tenant(), () -> events.assign(route));
        if (assigned > 0) {
            dispatcher.wake();
        }
    }
}
