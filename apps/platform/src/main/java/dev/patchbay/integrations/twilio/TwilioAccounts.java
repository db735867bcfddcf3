package dev.patchbay.integrations.twilio;

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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Checks Twilio accounts by SID and auth token, which also signs webhooks, and lists their numbers (Twilio, "IncomingPhoneNumber
 * resource").
 */
@Component
class TwilioAccounts implements Probe, ResourceLister {

    private static final Provider TWILIO = new Provider(
            "twilio",
            "Twilio",
            URI.create("https://api.twilio.com"),
            Set.of("auth_token"),
            Set.of("messaging"),
            true,
            Json.object());

    private final OutgoingHttp http;

    TwilioAccounts(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public Provider provider() {
        return TWILIO;
    }

    /** Lists one number rather than reading the account, because numbers are what the adapter needs. */
    @Override
    public HealthCheckResult probe(Account account) {
        return HealthCheckResult.of(listNumbers(account, 1), TWILIO.title(), "the auth token");
    }

    @Override
    public Set<String> kinds() {
        return Set.of("number");
    }

    @Override
    public List<Resource> list(Account account, String kind) {
        if (!(listNumbers(account, 1000) instanceof Responded responded && responded.isSuccess())) {
            throw new ProviderProblem("twilio", "Twilio does not list its numbers just now; try again.");
        }
        return responded
                .body()
                .path("incoming_phone_numbers")
                .valueStream()
                .map(it -> new Resource(
                        it.path("phone_number").asString(""),
                        it.path("friendly_name").asString("")))
                .toList();
    }

    private HttpOutcome listNumbers(Account account, int pageSize) {
        String sid = account.settings().path("accountSid").asString("");
        String basic = Base64.getEncoder()
                .encodeToString((sid + ":" + account.secret("auth_token")).getBytes(StandardCharsets.UTF_8));
        URI uri = URI.create(
                account.baseUrl() + "/2010-04-01/Accounts/" + sid + "/IncomingPhoneNumbers.json?PageSize=" + pageSize);
        return http.send(HttpCall.get("twilio/numbers.list", uri).withHeader("Authorization", "Basic " + basic));
    }
}
