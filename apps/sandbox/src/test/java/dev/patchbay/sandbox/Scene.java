package dev.patchbay.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A running sandbox with one account at every vendor, someone who hears its webhooks, and words to talk to it. */
final class Scene implements AutoCloseable {

    static final String RETELL_KEY = "key_retell";
    static final String TWILIO_SID = "AC00000000000000000000000000000001";
    static final String TWILIO_TOKEN = "twilio-token";
    static final String NUMBER = "+15005550006";
    static final Sandbox.Pace QUICK = new Sandbox.Pace(Duration.ofMillis(10), Duration.ofMillis(5));

    final SettableClock clock = new SettableClock();
    final Listener listener = new Listener();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private Sandbox sandbox;

    private Scene(Path folder, Sandbox.Pace pace) {
        this.folder = folder;
        this.sandbox = Sandbox.start(folder, 0, clock, pace);
    }

    static Scene open(Path folder) {
        return open(folder, QUICK);
    }

    static Scene open(Path folder, Sandbox.Pace pace) {
        Scene scene = new Scene(folder, pace);
        scene.putAccounts();
        return scene;
    }

    void putAccounts() {
        String accounts = """
                {"retell": {"apiKey": "%s", "agents":
                    [{"agent_id": "agent_1", "agent_name": "Reception", "webhook_url": "%s"}, {"agent_id": "agent_2"}]},
                 "highlevel": {"clientId": "hl-client", "clientSecret": "hl-secret", "locations": [
                    {"id": "loc-1", "name": "Acme", "refreshToken": "hl-refresh", "accessToken": "hl-access", "code": "hl-code"},
                    {"id": "loc-2", "name": "Other", "accessToken": "hl-other"}]},
                 "google": {"clientId": "g-client", "clientSecret": "g-secret", "accounts": [{"refreshToken": "g-refresh",
                    "email": "owner@acme.test", "calendars": [{"id": "owner@acme.test", "timeZone": "America/New_York"},
                    {"id": "second@acme.test"}]}]},
                 "twilio": {"accountSid": "%s", "authToken": "%s", "numbers": ["%s"]},
                 "stripe": {"apiKey": "sk_test_1", "webhookSecret": "whsec_1", "webhookUrl": "%s"}}
                """.formatted(
                        RETELL_KEY, listener.url("/retell"), TWILIO_SID, TWILIO_TOKEN, NUMBER, listener.url("/stripe"));
        send("PUT", "/_sandbox/accounts", accounts);
    }

    void restart() {
        stop();
        startAgain();
    }

    void stop() {
        sandbox.close();
    }

    void startAgain() {
        sandbox = Sandbox.start(folder, 0, clock, QUICK);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    String address() {
        return sandbox.address().toString();
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        try {
            return trySend(method, path, body, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> trySend(String method, String path, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.MAPPER.readTree(response.body());
    }

    JsonNode control(String method, String path, String body) {
        return json(send(method, "/_sandbox" + path, body));
    }

    JsonNode state() {
        return control("GET", "/state", "");
    }

    /** As the CRM's clients send it. */
    HttpResponse<String> highLevel(String method, String path, String body) {
        return send(method, "/highlevel" + path, body, "Authorization", "Bearer hl-access", "Version", "2021-07-28");
    }

    HttpResponse<String> googleToken(String rest, String secret) {
        return send("POST", "/google/token", "client_id=g-client&client_secret=" + secret + "&" + rest);
    }

    String googleAccess() {
        return Json.text(
                json(googleToken("refresh_token=g-refresh&grant_type=refresh_token", "g-secret")), "access_token");
    }

    HttpResponse<String> retell(String method, String path, String body) {
        return send(method, "/retell" + path, body, "Authorization", "Bearer " + RETELL_KEY);
    }

    JsonNode arm(String provider, String operation, String fault, int times) {
        return control(
                "POST",
                "/faults",
                Json.object()
                        .put("provider", provider)
                        .put("operation", operation)
                        .put("fault", fault)
                        .put("times", times)
                        .toString());
    }

    @Override
    public void close() {
        sandbox.close();
        listener.close();
        http.close();
    }
}
