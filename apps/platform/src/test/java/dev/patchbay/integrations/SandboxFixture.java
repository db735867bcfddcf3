package dev.patchbay.integrations;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.kernel.Json;
import dev.patchbay.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The sandbox with one account at each provider. */
public final class SandboxFixture implements AutoCloseable {

    public static final String SID = "AC" + "1".repeat(32);
    private static final String ACCOUNTS = """
            {"highlevel": {"clientId": "hl", "clientSecret": "hl-secret",
               "locations": [{"id": "loc_1", "refreshToken": "hl-refresh", "accessToken": "hl-access", "rateLimit": 1000},
                 {"id": "loc_2", "refreshToken": "hl-refresh-2", "accessToken": "hl-access-2"}]},
             "google": {"clientId": "g", "clientSecret": "g-secret",
               "accounts": [{"refreshToken": "g-refresh", "email": "owner@acme.example",
                 "calendars": [{"id": "acme@calendar.example", "timeZone": "America/New_York"}]}]},
             "twilio": {"accountSid": "%s", "authToken": "tw-token", "numbers": ["+14155550100"]}}
            """.formatted(SID);

    private final Sandbox sandbox;
    private final HttpClient client = HttpClient.newHttpClient();

    public SandboxFixture(Path directory) {
        sandbox = Sandbox.start(directory, 0);
        request("PUT", "/_sandbox/accounts", ACCOUNTS);
    }

    public URI baseUrl(String provider) {
        return sandbox.address().resolve("/" + provider);
    }

    /** An account at the sandbox with these secrets. */
    public Account account(String provider, String settings, Map<String, String> secrets) {
        return TestHttp.account(provider, baseUrl(provider), settings, secrets);
    }

    public void injectFault(String provider, String operation, String fault, int delayMs) {
        request(
                "POST",
                "/_sandbox/faults",
                Json.write(Map.of(
                        "provider", provider, "operation", operation, "fault", fault, "times", 1, "delayMs", delayMs)));
    }

    /** A provider's stored state, by JSON pointer, for example {@code /google/events}. */
    public JsonNode readState(String pointer) {
        return request("GET", "/_sandbox/state", "").at(pointer);
    }

    private JsonNode request(String method, String path, String body) {
        return request(method, path, body, "");
    }

    /** A request as somebody else with that access token sends it to a provider. */
    public JsonNode request(String method, String path, String body, String token) {
        try {
            var request = HttpRequest.newBuilder(sandbox.address().resolve(path))
                    .header("Content-Type", "application/json")
                    .header("Version", "2021-07-28")
                    .header("Authorization", "Bearer " + token)
                    .method(method, BodyPublishers.ofString(body))
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body().isEmpty() ? Json.object() : Json.read(answer.body());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        client.close();
        sandbox.close();
    }
}
