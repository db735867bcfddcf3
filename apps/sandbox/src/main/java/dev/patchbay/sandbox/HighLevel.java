package dev.patchbay.sandbox;

import dev.patchbay.sandbox.HighLevelTokens.Budget;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HighLevel's contacts, and the door to the rest; {@link HighLevelTokenRefresher} knows who may ask, and how often,
 * {@link HighLevelWebhooks} tells what changed.
 */
final class HighLevel implements Vendor {

    static final String NAME = "highlevel";

    private final Books books;
    private final Clock clock;
    private final HighLevelTokens tokens;
    private final HighLevelWebhooks webhooks;
    private final HighLevelCalendars calendars;
    private final HighLevelConversations conversations;

    HighLevel(
            Books books,
            Clock clock,
            HighLevelWebhooks webhooks,
            HighLevelCalendars calendars,
            HighLevelConversations conversations) {
        this.books = books;
        this.clock = clock;
        this.tokens = new HighLevelTokens(books, clock);
        this.webhooks = webhooks;
        this.calendars = calendars;
        this.conversations = conversations;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Shelf log() {
        return Shelf.HIGHLEVEL_LOG;
    }

    @Override
    public Answer problem(int status, String message) {
        return trouble(status, message);
    }

    static Answer trouble(int status, String message) {
        return Answer.json(
                status,
                Json.object().put("statusCode", status).put("message", message).put("traceId", Ids.hex(32)));
    }

    void putAccount(ObjectNode account) {
        tokens.putAccount(account);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("oauth.chooselocation", "GET", "/oauth/chooselocation", tokens.consent()::choose),
                Route.of("oauth.token", "POST", "/oauth/token", tokens::exchange),
                scoped("contacts.upsert", "POST", "/contacts/upsert", this::upsert),
                scoped("contacts.search", "POST", "/contacts/search", this::search),
                scoped("contacts.list", "GET", "/contacts", this::list),
                scoped("contacts.get", "GET", "/contacts/{id}", this::get),
                scoped("contacts.update", "PUT", "/contacts/{id}", this::update),
                scoped("contacts.delete", "DELETE", "/contacts/{id}", this::delete),
                scoped("locations.get", "GET", "/locations/{id}", this::location),
                scoped("calendars.list", "GET", "/calendars", calendars::list),
                scoped("events.list", "GET", "/calendars/events", calendars::events),
                scoped("events.delete", "DELETE", "/calendars/events/{id}", calendars::delete),
                scoped("appointments.create", "POST", "/calendars/events/appointments", calendars::book),
                scoped("appointments.get", "GET", "/calendars/events/appointments/{id}", calendars::get),
                scoped("appointments.update", "PUT", "/calendars/events/appointments/{id}", calendars::update),
                scoped("conversations.search", "GET", "/conversations/search", conversations::search),
                scoped("messages.list", "GET", "/conversations/{id}/messages", conversations::messages));
    }

    /** A route behind a location's token, its rate limit and the Version header. */
    private Route scoped(String operation, String method, String path, BiFunction<Request, String, Answer> handler) {
        return Route.of(operation, method, path, request -> {
            if (request.header("Version").isEmpty()) {
                throw new Refusal(problem(400, "version header was not found."));
            }
            ObjectNode location = tokens.location(request).orElseThrow(() -> new Refusal(problem(401, "Invalid JWT")));
            Budget budget = tokens.spend(location);
            if (budget.tooMany()) {
                String seconds = Long.toString(budget.pause().toSeconds());
                return problem(429, "Too Many Requests").with(budget.headers()).with(Map.of("Retry-After", seconds));
            }
            try {
                return handler.apply(request, Json.text(location, "id")).with(budget.headers());
            } catch (Refusal refusal) {
                throw new Refusal(refusal.answer().with(budget.headers()));
            }
        });
    }

    private Answer location(Request request, String locationId) {
        mine(request.param("id"), locationId);
        ObjectNode answer = Json.object();
        ObjectNode known = books.find(Shelf.HIGHLEVEL_LOCATIONS, locationId).orElseThrow();
        answer.set(
                "location",
                Json.object()
                        .put("id", locationId)
                        .put("name", Json.text(known, "name"))
                        .put("timezone", Json.text(known, "timezone")));
        return Answer.ok(answer);
    }

    private Answer upsert(Request request, String locationId) {
        ObjectNode wanted = request.json();
        mine(Json.text(wanted, "locationId"), locationId);
        if (Json.text(wanted, "phone").isEmpty() && Json.text(wanted, "email").isEmpty()) {
            throw new Refusal(problem(422, "Either phone or email is required"));
        }
        // The location's duplicate setting: the phone decides, then the e-mail.
        Optional<ObjectNode> known = find(locationId, "phone", wanted).or(() -> find(locationId, "email", wanted));
        ObjectNode contact = write(known.orElseGet(() -> fresh(locationId)), wanted);
        webhooks.tell(known.isEmpty() ? "ContactCreate" : "ContactUpdate", contact);
        ObjectNode answer = Json.object().put("new", known.isEmpty());
        answer.set("contact", contact);
        return Answer.ok(answer.put("traceId", Ids.hex(32)));
    }

    private Optional<ObjectNode> find(String locationId, String member, ObjectNode wanted) {
        String value = Json.text(wanted, member);
        return contacts(locationId).stream()
                .filter(contact -> !value.isEmpty())
                .filter(contact -> Json.text(contact, member).equalsIgnoreCase(value))
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    private ObjectNode fresh(String locationId) {
        ObjectNode contact = Json.object()
                .put("id", Ids.alphanumeric(20))
                .put("locationId", locationId)
                .put("type", "lead")
                .put("country", "US")
                .put("dnd", false)
                .put("dateAdded", now());
        contact.set("tags", Json.MAPPER.createArrayNode());
        contact.set("customFields", Json.MAPPER.createArrayNode());
        return contact;
    }

    private ObjectNode write(ObjectNode contact, ObjectNode wanted) {
        contact.setAll(wanted.deepCopy().remove(List.of("id", "locationId")));
        String spoken = (Json.text(contact, "firstName") + " " + Json.text(contact, "lastName")).strip();
        String name = spoken.isEmpty() ? Json.text(contact, "name") : spoken;
        contact.put("name", name)
                .put("firstNameLowerCase", lower(contact, "firstName"))
                .put("lastNameLowerCase", lower(contact, "lastName"))
                .put("fullNameLowerCase", lower(contact, "name"))
                .put("emailLowerCase", lower(contact, "email"))
                .put("dateUpdated", now());
        books.put(Shelf.HIGHLEVEL_CONTACTS, Json.text(contact, "id"), contact);
        return contact;
    }

    private static String lower(JsonNode node, String member) {
        return Json.text(node, member).toLowerCase(Locale.ROOT);
    }

    private Answer get(Request request, String locationId) {
        ObjectNode answer = Json.object();
        answer.set("contact", contact(request, locationId));
        return Answer.ok(answer.put("traceId", Ids.hex(32)));
    }

    private Answer update(Request request, String locationId) {
        ObjectNode answer = Json.object().put("succeded", true);
        ObjectNode contact = write(contact(request, locationId), request.json());
        webhooks.tell("ContactUpdate", contact);
        answer.set("contact", contact);
        return Answer.ok(answer);
    }

    private Answer delete(Request request, String locationId) {
        ObjectNode contact = contact(request, locationId);
        books.remove(Shelf.HIGHLEVEL_CONTACTS, Json.text(contact, "id"));
        webhooks.tell("ContactDelete", contact);
        return Answer.ok(Json.object().put("succeded", true));
    }

    private ObjectNode contact(Request request, String locationId) {
        return books.find(Shelf.HIGHLEVEL_CONTACTS, request.param("id"))
                .filter(contact -> Json.text(contact, "locationId").equals(locationId))
                .orElseThrow(() -> new Refusal(problem(400, "Contact not found")));
    }

    private Answer list(Request request, String locationId) {
        mine(request.query("locationId").orElse(""), locationId);
        List<ObjectNode> found = queried(locationId, request.query("query").orElse(""));
        ObjectNode answer = Json.object();
        answer.set(
                "contacts",
                Json.array(found.stream().limit(request.number("limit", 20)).toList()));
        answer.set("meta", Json.object().put("total", found.size()));
        return Answer.ok(answer);
    }

    private Answer search(Request request, String locationId) {
        ObjectNode body = request.json();
        mine(Json.text(body, "locationId"), locationId);
        List<ObjectNode> found = queried(locationId, Json.text(body, "query")).stream()
                .filter(contact -> body.path("filters").valueStream().allMatch(filter -> holds(filter, contact)))
                .toList();
        int size = body.path("pageLimit").asInt(20);
        ObjectNode answer = Json.object();
        answer.set(
                "contacts",
                Json.array(found.stream()
                        .skip((body.path("page").asInt(1) - 1L) * size)
                        .limit(size)
                        .toList()));
        return Answer.ok(answer.put("total", found.size()).put("traceId", Ids.hex(32)));
    }

    private boolean holds(JsonNode filter, ObjectNode contact) {
        String value = lower(contact, Json.text(filter, "field"));
        String wanted = lower(filter, "value");
        return switch (Json.text(filter, "operator")) {
            case "eq" -> value.equals(wanted);
            case "contains" -> value.contains(wanted);
            default -> throw new Refusal(problem(400, "The sandbox knows the operators eq and contains"));
        };
    }

    private List<ObjectNode> queried(String locationId, String query) {
        String wanted = query.toLowerCase(Locale.ROOT);
        return contacts(locationId).stream()
                .filter(contact -> List.of("fullNameLowerCase", "emailLowerCase", "phone").stream()
                        .anyMatch(member -> Json.text(contact, member).contains(wanted)))
                .toList();
    }

    private List<ObjectNode> contacts(String locationId) {
        return books.all(Shelf.HIGHLEVEL_CONTACTS).stream()
                .filter(contact -> Json.text(contact, "locationId").equals(locationId))
                .toList();
    }

    static void mine(String asked, String locationId) {
        if (!asked.equals(locationId)) {
            throw new Refusal(trouble(403, "The token does not have access to this location."));
        }
    }

    private String now() {
        return now(clock);
    }

    static String now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
