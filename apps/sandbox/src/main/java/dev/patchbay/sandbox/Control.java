package dev.patchbay.sandbox;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The paths under {@code /_sandbox} by which tests and scripts set the scene and read what happened. */
final class Control {

    private final Books books;
    private final Mailbox mailbox;
    private final Faults faults;
    private final Retell retell;
    private final RetellCalls calls;
    private final HighLevel highLevel;
    private final GoogleCalendar google;
    private final GoogleSignIn signIn;
    private final Twilio twilio;
    private final TwilioPeople people;
    private final Stripe stripe;
    private final HighLevelCalendars calendars;
    private final HighLevelConversations conversations;
    private final List<Keyed> keyed;

    Control(
            Books books,
            Mailbox mailbox,
            Faults faults,
            Retell retell,
            RetellCalls calls,
            HighLevel highLevel,
            GoogleCalendar google,
            GoogleSignIn signIn,
            Twilio twilio,
            TwilioPeople people,
            Stripe stripe,
            HighLevelCalendars calendars,
            HighLevelConversations conversations,
            List<Keyed> keyed) {
        this.books = books;
        this.mailbox = mailbox;
        this.faults = faults;
        this.retell = retell;
        this.calls = calls;
        this.highLevel = highLevel;
        this.google = google;
        this.signIn = signIn;
        this.twilio = twilio;
        this.people = people;
        this.stripe = stripe;
        this.calendars = calendars;
        this.conversations = conversations;
        this.keyed = keyed;
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                        "health",
                        "GET",
                        "/_sandbox/health",
                        request -> Answer.ok(Json.object().put("status", "up"))),
                Route.of("accounts", "PUT", "/_sandbox/accounts", request -> books.alone(() -> putAccounts(request))),
                Route.of("calls", "POST", "/_sandbox/calls", request -> Answer.ok(calls.place(request.json()))),
                Route.of("sms", "POST", "/_sandbox/sms", request -> Answer.ok(people.text(request.json()))),
                Route.of(
                        "twilio calls",
                        "POST",
                        "/_sandbox/twilio/calls",
                        request -> Answer.ok(people.call(request.json()))),
                Route.of(
                        "stripe events",
                        "POST",
                        "/_sandbox/stripe/events",
                        request -> Answer.ok(stripe.tell(request.json()))),
                Route.of(
                        "highlevel.messages",
                        "POST",
                        "/_sandbox/highlevel/messages",
                        request -> Answer.ok(conversations.say(request.json()))),
                Route.of(
                        "highlevel.appointments",
                        "POST",
                        "/_sandbox/highlevel/appointments",
                        request -> Answer.ok(calendars.put(request.json()))),
                Route.of("state", "GET", "/_sandbox/state", request -> Answer.ok(state())),
                Route.of("faults", "POST", "/_sandbox/faults", this::arm),
                Route.of("faults", "DELETE", "/_sandbox/faults", request -> disarm()),
                Route.of("faults", "GET", "/_sandbox/faults", request -> list("faults", faults.armed())),
                Route.of("log", "GET", "/_sandbox/log", request -> list("requests", filed(request, "_LOG"))),
                Route.of(
                        "deliveries",
                        "GET",
                        "/_sandbox/deliveries",
                        request -> list("deliveries", filed(request, "_DELIVERIES"))),
                Route.of(
                        "mailbox",
                        "GET",
                        "/_sandbox/mailbox",
                        request -> request.header("Accept").contains("text/html")
                                ? mailbox.page(request)
                                : list("mails", mailbox.mails(request))),
                Route.of("reset", "POST", "/_sandbox/reset", this::reset));
    }

    private Answer putAccounts(Request request) {
        ObjectNode wanted = request.json();
        wanted.optional("retell").ifPresent(account -> retell.putAccount((ObjectNode) account));
        wanted.optional("highlevel").ifPresent(account -> highLevel.putAccount((ObjectNode) account));
        wanted.optional("google").ifPresent(account -> google.putAccount((ObjectNode) account));
        wanted.optional("googleSignIn").ifPresent(account -> signIn.putAccount((ObjectNode) account));
        wanted.optional("twilio").ifPresent(account -> twilio.putAccount((ObjectNode) account));
        wanted.optional("stripe").ifPresent(account -> stripe.putAccount((ObjectNode) account));
        keyed.forEach(
                vendor -> wanted.optional(vendor.name()).ifPresent(account -> vendor.putAccount((ObjectNode) account)));
        return Answer.empty(204);
    }

    private ObjectNode state() {
        ObjectNode state = Json.object();
        state.putObject("retell").set("calls", Json.array(books.all(Shelf.RETELL_CALLS)));
        state.putObject("highlevel")
                .set("contacts", Json.array(books.all(Shelf.HIGHLEVEL_CONTACTS)))
                .set("appointments", Json.array(books.all(Shelf.HIGHLEVEL_APPOINTMENTS)))
                .put("refusals", refusals(Shelf.HIGHLEVEL_LOG));
        state.putObject("google").set("events", Json.array(books.all(Shelf.GOOGLE_EVENTS)));
        state.putObject("twilio").set("messages", Json.array(books.all(Shelf.TWILIO_MESSAGES)));
        state.putObject("stripe").set("events", Json.array(books.all(Shelf.STRIPE_EVENTS)));
        return state;
    }

    /** How often callers were told that they ask too often. */
    private long refusals(Shelf log) {
        return books.all(log).stream()
                .filter(request -> request.path("status").asInt() == 429)
                .count();
    }

    private Answer arm(Request request) {
        return Answer.ok(faults.arm(request.json()).toJson());
    }

    /** The shelves of one kind, of every provider or of the one that is asked for. */
    private List<ObjectNode> filed(Request request, String kind) {
        return Arrays.stream(Shelf.values())
                .filter(shelf -> shelf.name().endsWith(kind))
                .filter(shelf -> request.query("provider")
                        .filter(asked -> !asked.equals(shelf.provider()))
                        .isEmpty())
                .flatMap(shelf -> books.all(shelf).stream())
                .toList();
    }

    private static Answer list(String name, List<ObjectNode> records) {
        ObjectNode answer = Json.object();
        answer.set(name, Json.array(records));
        return Answer.ok(answer);
    }

    private Answer disarm() {
        faults.disarm();
        return Answer.empty(204);
    }

    private Answer reset(Request request) {
        faults.disarm();
        books.forgetRecords();
        return Answer.empty(204);
    }

    static Refusal refusal(int status, String code, String detail) {
        return new Refusal(problem(status, code, detail));
    }

    static Answer problem(int status, String code, String detail) {
        return Answer.json(status, Json.object().put("code", code).put("detail", detail));
    }
}
