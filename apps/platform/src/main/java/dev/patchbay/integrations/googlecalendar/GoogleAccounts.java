package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.HealthCheckResult;
import dev.patchbay.connections.spi.Probe;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.connections.spi.ResourceLister;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.ProviderProblem;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Checks Google accounts and lists their calendars (Calendar API v3, "CalendarList: list"). */
@Component
class GoogleAccounts implements Probe, ResourceLister {

    static final Provider GOOGLE = new Provider(
            "google",
            "Google",
            URI.create("https://www.googleapis.com"),
            Set.of("client_id", "client_secret", "refresh_token"),
            Set.of("calendar"),
            false,
            Json.object().put("tokenUrl", "https://oauth2.googleapis.com/token"));

    private final OutgoingHttp http;

    GoogleAccounts(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public Provider provider() {
        return GOOGLE;
    }

    @Override
    public HealthCheckResult probe(Account account) {
        return HealthCheckResult.of(
                listCalendars(account.baseUrl(), account.secret("access_token")), GOOGLE.title(), "the access");
    }

    @Override
    public Set<String> kinds() {
        return Set.of("calendar");
    }

    @Override
    public List<Resource> list(Account account, String kind) {
        return requireBody(listCalendars(account.baseUrl(), account.secret("access_token")))
                .path("items")
                .valueStream()
                .map(it -> new Resource(
                        it.path("id").asString(""), it.path("summary").asString("")))
                .toList();
    }

    private static JsonNode requireBody(HttpOutcome outcome) {
        if (!(outcome instanceof Responded responded && responded.isSuccess())) {
            throw new ProviderProblem("google", "Google does not list its calendars just now; try again.");
        }
        return responded.body();
    }

    private HttpOutcome listCalendars(URI baseUrl, String accessToken) {
        return http.send(HttpCall.get(
                        "google/calendars.list",
                        URI.create(baseUrl + "/calendar/v3/users/me/calendarList?maxResults=250"))
                .withHeader("Authorization", "Bearer " + accessToken));
    }
}
