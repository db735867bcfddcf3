package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Vendor;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Google's APIs: OAuth, Calendar v3 and sign-in. */
public final class Google implements Vendor {

    private static final String EVENTS = "/calendar/v3/calendars/{calendarId}/events";
    private static final String EVENT = EVENTS + "/{eventId}";

    private final GoogleAccounts accounts;
    private final GoogleConsentPage consentPage;
    private final GoogleOAuth oauth;
    private final GoogleEvents events;
    private final GoogleFreeBusy freeBusy;
    private final GoogleSignIn signIn;

    public Google(Store store, Clock clock, GoogleSignIn signIn) {
        GoogleAuthorizationCodes codes = new GoogleAuthorizationCodes(store, clock);
        this.accounts = new GoogleAccounts(store, clock);
        this.consentPage = new GoogleConsentPage(store, codes);
        this.oauth = new GoogleOAuth(store, clock, accounts, codes);
        this.events = new GoogleEvents(store, clock, accounts);
        this.freeBusy = new GoogleFreeBusy(accounts, events);
        this.signIn = signIn;
    }

    @Override
    public String name() {
        return "google";
    }

    @Override
    public Table requestLog() {
        return Table.GOOGLE_LOG;
    }

    @Override
    public Response errorResponse(int status, String message) {
        return GoogleErrors.response(status, GoogleErrors.reason(status), message);
    }

    @Override
    public void putAccount(ObjectNode account) {
        accounts.put(account);
    }

    @Override
    public List<Route> routes() {
        return Stream.of(calendarRoutes(), signIn.routes())
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> calendarRoutes() {
        return List.of(
                Route.of("consent", "GET", "/o/oauth2/v2/auth", consentPage::authorize),
                Route.of("token", "POST", "/token", oauth::exchange),
                Route.of("calendars.list", "GET", "/calendar/v3/users/me/calendarList", accounts::listCalendars),
                Route.of(
                        "calendars.primary",
                        "GET",
                        "/calendar/v3/users/me/calendarList/primary",
                        accounts::getPrimaryCalendar),
                Route.of("events.insert", "POST", EVENTS, events::insert),
                Route.of("events.list", "GET", EVENTS, events::list),
                Route.of("events.get", "GET", EVENT, events::get),
                Route.of("events.patch", "PATCH", EVENT, events::patch),
                Route.of("events.update", "PUT", EVENT, events::update),
                Route.of("events.delete", "DELETE", EVENT, events::delete),
                Route.of("freebusy.query", "POST", "/calendar/v3/freeBusy", freeBusy::query));
    }
}
