package dev.patchbay.integrations.highlevel;

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

/**
 * Checks connections of HighLevel locations and lists their resources (HighLevel API, "Get Location", "Get Calendars"). Each
 * location grants access to an agency's app separately; the app's own connection receives the webhooks of all its locations.
 */
@Component
class HighLevelAccounts implements Probe, ResourceLister {

    static final Provider HIGHLEVEL = new Provider(
            "highlevel",
            "HighLevel",
            URI.create("https://services.leadconnectorhq.com"),
            Set.of("client_id", "client_secret", "refresh_token"),
            Set.of("crm", "calendar"),
            true,
            Json.object().put("webhookPublicKey", "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg="));

    private final OutgoingHttp http;

    HighLevelAccounts(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public Provider provider() {
        return HIGHLEVEL;
    }

    @Override
    public HealthCheckResult probe(Account account) {
        String location = "/locations/" + HighLevelApi.encode(HighLevelPollSource.locationId(account));
        return HealthCheckResult.of(
                get(account, "highlevel/locations.get", location, "2021-07-28"), HIGHLEVEL.title(), "the access");
    }

    @Override
    public Set<String> kinds() {
        return Set.of("location", "calendar");
    }

    @Override
    public List<Resource> list(Account account, String kind) {
        String location = HighLevelApi.encode(HighLevelPollSource.locationId(account));
        return kind.equals("location")
                ? List.of(resource(requireBody(
                                get(account, "highlevel/locations.get", "/locations/" + location, "2021-07-28"), kind)
                        .path("location")))
                : requireBody(
                                get(
                                        account,
                                        "highlevel/calendars.list",
                                        "/calendars/?locationId=" + location,
                                        "2021-04-15"),
                                kind)
                        .path("calendars")
                        .valueStream()
                        .map(HighLevelAccounts::resource)
                        .toList();
    }

    private static Resource resource(JsonNode node) {
        return new Resource(node.path("id").asString(""), node.path("name").asString(""));
    }

    private static JsonNode requireBody(HttpOutcome outcome, String kind) {
        if (!(outcome instanceof Responded responded && responded.isSuccess())) {
            throw new ProviderProblem("highlevel", "HighLevel does not list its " + kind + "s just now; try again.");
        }
        return responded.body();
    }

    private HttpOutcome get(Account account, String operation, String path, String version) {
        return http.send(HttpCall.get(operation, URI.create(account.baseUrl() + path))
                .withHeader("Authorization", "Bearer " + account.secret("access_token"))
                .withHeader("Version", version));
    }
}
