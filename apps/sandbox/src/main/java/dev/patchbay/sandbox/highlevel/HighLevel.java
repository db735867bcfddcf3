package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Vendor;
import dev.patchbay.sandbox.core.VendorError;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/** Serves HighLevel's API: authentication, rate limits and the routes to contacts, calendars and conversations. */
public final class HighLevel implements Vendor {

    private final Store store;
    private final HighLevelOAuth oauth;
    private final HighLevelConsentPage consentPage;
    private final HighLevelRateLimit rateLimit;
    private final HighLevelCustomFields customFields;
    private final HighLevelContacts contacts;
    private final HighLevelNotes notes;
    private final HighLevelOpportunities opportunities;
    private final HighLevelCalendars calendars;
    private final HighLevelFreeSlots freeSlots;
    private final HighLevelConversations conversations;

    public HighLevel(
            Store store,
            Clock clock,
            HighLevelWebhooks webhooks,
            HighLevelCalendars calendars,
            HighLevelConversations conversations) {
        this.store = store;
        this.consentPage = new HighLevelConsentPage(store, clock);
        this.oauth = new HighLevelOAuth(store, clock, consentPage);
        this.rateLimit = new HighLevelRateLimit(clock);
        this.customFields = new HighLevelCustomFields(store);
        this.contacts = new HighLevelContacts(store, clock, webhooks, customFields);
        this.notes = new HighLevelNotes(store, clock, contacts);
        this.opportunities = new HighLevelOpportunities(store, clock);
        this.calendars = calendars;
        this.freeSlots = new HighLevelFreeSlots(store);
        this.conversations = conversations;
    }

    @Override
    public String name() {
        return "highlevel";
    }

    @Override
    public Table requestLog() {
        return Table.HIGHLEVEL_LOG;
    }

    @Override
    public boolean sendsWebhooks() {
        return true;
    }

    @Override
    public Response errorResponse(int status, String message) {
        return HighLevelErrors.response(status, message);
    }

    @Override
    public void putAccount(ObjectNode account) {
        oauth.putAccount(account);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("oauth.chooselocation", "GET", "/oauth/chooselocation", consentPage::authorize),
                Route.of("oauth.token", "POST", "/oauth/token", oauth::exchange),
                authenticated("contacts.upsert", "POST", "/contacts/upsert", contacts::upsert),
                authenticated("contacts.create", "POST", "/contacts", contacts::create),
                authenticated("contacts.tags", "POST", "/contacts/{id}/tags", contacts::changeTags),
                authenticated("contacts.untag", "DELETE", "/contacts/{id}/tags", contacts::changeTags),
                authenticated("notes.create", "POST", "/contacts/{id}/notes", notes::create),
                authenticated("notes.list", "GET", "/contacts/{id}/notes", notes::list),
                authenticated("opportunities.create", "POST", "/opportunities", opportunities::create),
                authenticated("opportunities.update", "PUT", "/opportunities/{id}", opportunities::update),
                authenticated("opportunities.search", "GET", "/opportunities/search", opportunities::search),
                authenticated("contacts.search", "POST", "/contacts/search", contacts::search),
                authenticated("contacts.list", "GET", "/contacts", contacts::list),
                authenticated("contacts.get", "GET", "/contacts/{id}", contacts::get),
                authenticated("contacts.update", "PUT", "/contacts/{id}", contacts::update),
                authenticated("contacts.delete", "DELETE", "/contacts/{id}", contacts::delete),
                authenticated("customFields.list", "GET", "/locations/{id}/customFields", customFields::list),
                authenticated("customFields.create", "POST", "/locations/{id}/customFields", customFields::create),
                authenticated("locations.get", "GET", "/locations/{id}", this::getLocation),
                authenticated("calendars.list", "GET", "/calendars", calendars::list),
                authenticated("freeSlots.list", "GET", "/calendars/{id}/free-slots", freeSlots::list),
                authenticated("blockedSlots.list", "GET", "/calendars/blocked-slots", freeSlots::listBlocked),
                authenticated(
                        "contactAppointments.list", "GET", "/contacts/{id}/appointments", freeSlots::listOfContact),
                authenticated("events.list", "GET", "/calendars/events", calendars::listEvents),
                authenticated("events.delete", "DELETE", "/calendars/events/{id}", calendars::delete),
                authenticated("appointments.create", "POST", "/calendars/events/appointments", calendars::book),
                authenticated("appointments.get", "GET", "/calendars/events/appointments/{id}", calendars::get),
                authenticated("appointments.update", "PUT", "/calendars/events/appointments/{id}", calendars::update),
                authenticated("conversations.search", "GET", "/conversations/search", conversations::search),
                authenticated("messages.list", "GET", "/conversations/{id}/messages", conversations::listMessages));
    }

    /**
     * Makes a route that needs the Version header and a location's access token, and counts against the location's rate limit.
     *
     * @param handler takes the request and the location's id
     */
    private Route authenticated(
            String operation, String method, String path, BiFunction<Request, String, Response> handler) {
        return Route.of(operation, method, path, request -> {
            if (request.header("Version").isEmpty()) {
                throw HighLevelErrors.error(400, "version header was not found.");
            }
            ObjectNode location =
                    oauth.findLocation(request).orElseThrow(() -> HighLevelErrors.error(401, "Invalid JWT"));
            HighLevelRateLimit.Budget budget = rateLimit.count(location);
            if (budget.exceeded()) {
                String seconds = Long.toString(budget.retryAfter().toSeconds());
                return errorResponse(429, "Too Many Requests")
                        .withHeaders(budget.headers())
                        .withHeaders(Map.of("Retry-After", seconds));
            }
            try {
                return handler.apply(request, Json.text(location, "id")).withHeaders(budget.headers());
            } catch (VendorError error) {
                throw new VendorError(error.response().withHeaders(budget.headers()));
            }
        });
    }

    private Response getLocation(Request request, String locationId) {
        HighLevelErrors.requireSameLocation(request.pathParameter("id"), locationId);
        ObjectNode location = store.find(Table.HIGHLEVEL_LOCATIONS, locationId).orElseThrow();
        ObjectNode body = Json.object();
        body.set(
                "location",
                Json.object()
                        .put("id", locationId)
                        .put("name", Json.text(location, "name"))
                        .put("timezone", Json.text(location, "timezone")));
        return Response.ok(body);
    }
}
