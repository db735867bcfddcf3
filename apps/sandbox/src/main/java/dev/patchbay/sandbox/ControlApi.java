package dev.patchbay.sandbox;

import dev.patchbay.sandbox.core.Fault;
import dev.patchbay.sandbox.core.Faults;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Vendor;
import dev.patchbay.sandbox.google.GoogleSignIn;
import dev.patchbay.sandbox.highlevel.HighLevelCalendars;
import dev.patchbay.sandbox.highlevel.HighLevelConversations;
import dev.patchbay.sandbox.mail.Mailbox;
import dev.patchbay.sandbox.retell.RetellCalls;
import dev.patchbay.sandbox.stripe.Stripe;
import dev.patchbay.sandbox.twilio.SimulatedCallers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The control API under {@code /_sandbox}: tests and scripts set up accounts, trigger events, arm faults and read what the
 * sandbox received. Its errors are {@link dev.patchbay.sandbox.core.ControlError}s.
 */
final class ControlApi {

    private final Store store;
    private final Faults faults;
    private final List<Vendor> vendors;
    private final GoogleSignIn signIn;
    private final RetellCalls calls;
    private final CostControl costs;
    private final SimulatedCallers callers;
    private final Stripe stripe;
    private final HighLevelCalendars calendars;
    private final HighLevelConversations conversations;
    private final Mailbox mailbox;

    ControlApi(
            Store store,
            Faults faults,
            List<Vendor> vendors,
            GoogleSignIn signIn,
            RetellCalls calls,
            CostControl costs,
            SimulatedCallers callers,
            Stripe stripe,
            HighLevelCalendars calendars,
            HighLevelConversations conversations,
            Mailbox mailbox) {
        this.store = store;
        this.faults = faults;
        this.vendors = vendors;
        this.signIn = signIn;
        this.calls = calls;
        this.costs = costs;
        this.callers = callers;
        this.stripe = stripe;
        this.calendars = calendars;
        this.conversations = conversations;
        this.mailbox = mailbox;
    }

    List<Route> routes() {
        return Stream.concat(costs.routes().stream(), ownRoutes().stream()).toList();
    }

    private List<Route> ownRoutes() {
        return List.of(
                Route.of(
                        "health",
                        "GET",
                        "/_sandbox/health",
                        request -> Response.ok(Json.object().put("status", "up"))),
                Route.of(
                        "accounts",
                        "PUT",
                        "/_sandbox/accounts",
                        request -> store.atomically(() -> putAccounts(request))),
                Route.of("calls", "POST", "/_sandbox/calls", request -> Response.ok(calls.place(request.json()))),
                Route.of("sms", "POST", "/_sandbox/sms", request -> Response.ok(callers.sendText(request.json()))),
                Route.of(
                        "twilio calls",
                        "POST",
                        "/_sandbox/twilio/calls",
                        request -> Response.ok(callers.placeCall(request.json()))),
                Route.of(
                        "stripe events",
                        "POST",
                        "/_sandbox/stripe/events",
                        request -> Response.ok(stripe.sendEvent(request.json()))),
                Route.of(
                        "highlevel.messages",
                        "POST",
                        "/_sandbox/highlevel/messages",
                        request -> Response.ok(conversations.addMessage(request.json()))),
                Route.of(
                        "highlevel.appointments",
                        "POST",
                        "/_sandbox/highlevel/appointments",
                        request -> Response.ok(calendars.putAppointment(request.json()))),
                Route.of("state", "GET", "/_sandbox/state", request -> Response.ok(state())),
                Route.of("faults", "POST", "/_sandbox/faults", this::armFault),
                Route.of("faults", "DELETE", "/_sandbox/faults", request -> disarmFaults()),
                Route.of("faults", "GET", "/_sandbox/faults", request -> listFaults()),
                Route.of("log", "GET", "/_sandbox/log", request -> list("requests", records(request, "_LOG"))),
                Route.of(
                        "deliveries",
                        "GET",
                        "/_sandbox/deliveries",
                        request -> list("deliveries", records(request, "_DELIVERIES"))),
                Route.of("mailbox", "GET", "/_sandbox/mailbox", this::readMailbox),
                Route.of("reset", "POST", "/_sandbox/reset", request -> reset()));
    }

    private Response putAccounts(Request request) {
        ObjectNode accounts = request.json();
        for (Vendor vendor : vendors) {
            accounts.optional(vendor.name()).ifPresent(account -> vendor.putAccount((ObjectNode) account));
        }
        accounts.optional("googleSignIn").ifPresent(account -> signIn.putAccount((ObjectNode) account));
        return Response.empty(204);
    }

    private ObjectNode state() {
        ObjectNode state = Json.object();
        ObjectNode retell = state.putObject("retell");
        retell.set("calls", Json.array(store.list(Table.RETELL_CALLS)));
        retell.set("prompts", Json.array(store.list(Table.RETELL_PROMPTS)));
        state.putObject("highlevel")
                .set("contacts", Json.array(store.list(Table.HIGHLEVEL_CONTACTS)))
                .set("appointments", Json.array(store.list(Table.HIGHLEVEL_APPOINTMENTS)))
                .set("notes", Json.array(store.list(Table.HIGHLEVEL_NOTES)))
                .set("opportunities", Json.array(store.list(Table.HIGHLEVEL_OPPORTUNITIES)))
                .put("refusals", countRateLimited(Table.HIGHLEVEL_LOG));
        state.putObject("google").set("events", Json.array(store.list(Table.GOOGLE_EVENTS)));
        state.putObject("twilio").set("messages", Json.array(store.list(Table.TWILIO_MESSAGES)));
        state.putObject("stripe").set("events", Json.array(store.list(Table.STRIPE_EVENTS)));
        return state;
    }

    private long countRateLimited(Table log) {
        return store.list(log).stream()
                .filter(request -> request.path("status").asInt() == 429)
                .count();
    }

    private Response armFault(Request request) {
        return Response.ok(faults.arm(request.json()).toJson());
    }

    private Response listFaults() {
        return list("faults", faults.list().stream().map(Fault::toJson).toList());
    }

    private Response disarmFaults() {
        faults.disarmAll();
        return Response.empty(204);
    }

    private Response readMailbox(Request request) {
        return request.header("Accept").contains("text/html")
                ? mailbox.renderPage(request)
                : list("mails", mailbox.list(request));
    }

    /** Reads all tables whose name has the suffix; the query parameter {@code provider} restricts them to one provider. */
    private List<ObjectNode> records(Request request, String suffix) {
        return Arrays.stream(Table.values())
                .filter(table -> table.name().endsWith(suffix))
                .filter(table -> request.query("provider")
                        .filter(provider -> !provider.equals(table.provider()))
                        .isEmpty())
                .flatMap(table -> store.list(table).stream())
                .toList();
    }

    private static Response list(String member, List<ObjectNode> records) {
        ObjectNode body = Json.object();
        body.set(member, Json.array(records));
        return Response.ok(body);
    }

    private Response reset() {
        faults.disarmAll();
        store.reset();
        return Response.empty(204);
    }
}
