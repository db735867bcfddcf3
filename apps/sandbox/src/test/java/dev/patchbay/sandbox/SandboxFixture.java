package dev.patchbay.sandbox;

import dev.patchbay.sandbox.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A running sandbox with an account at every vendor that has webhooks or OAuth, a webhook receiver and a settable clock. */
public final class SandboxFixture implements AutoCloseable {

    public static final String RETELL_KEY = "key_retell";
    public static final String TWILIO_SID = "AC00000000000000000000000000000001";
    public static final String TWILIO_TOKEN = "twilio-token";
    public static final String NUMBER = "+15005550006";
    static final Sandbox.Delays SHORT_DELAYS = new Sandbox.Delays(Duration.ofMillis(10), Duration.ofMillis(5));

    public final SettableClock clock = new SettableClock();
    public final WebhookReceiver receiver = new WebhookReceiver();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private Sandbox sandbox;

    private SandboxFixture(Path folder, Sandbox.Delays delays) {
        this.folder = folder;
        this.sandbox = Sandbox.start(folder, 0, clock, delays);
    }

    public static SandboxFixture open(Path folder) {
        return open(folder, SHORT_DELAYS);
    }

    static SandboxFixture open(Path folder, Sandbox.Delays delays) {
        SandboxFixture fixture = new SandboxFixture(folder, delays);
        fixture.putAccounts();
        return fixture;
    }

    public void putAccounts() {
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
                        RETELL_KEY, receiver.url("/retell"), TWILIO_SID, TWILIO_TOKEN, NUMBER, receiver.url("/stripe"));
        send("PUT", "/_sandbox/accounts", accounts);
    }

    public void restart() {
        stop();
        start();
    }

    void stop() {
        sandbox.close();
    }

    void start() {
        sandbox = Sandbox.start(folder, 0, clock, SHORT_DELAYS);
    }

    public int mailPort() {
        return sandbox.mailPort();
    }

    /** The base address, without a trailing slash. */
    public String address() {
        return sandbox.address().toString();
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        try {
            return trySend(method, path, body, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IOException when the sandbox drops the connection */
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

    public static JsonNode json(HttpResponse<String> response) {
        return Json.MAPPER.readTree(response.body());
    }

    /** Sends a request to the control API. */
    public JsonNode control(String method, String path, String body) {
        return json(send(method, "/_sandbox" + path, body));
    }

    public JsonNode state() {
        return control("GET", "/state", "");
    }

    /** Sends a request with the access token of the location loc-1. */
    public HttpResponse<String> highLevel(String method, String path, String body) {
        return send(method, "/highlevel" + path, body, "Authorization", "Bearer hl-access", "Version", "2021-07-28");
    }

    /** Sends a token request with these further form fields. */
    public HttpResponse<String> googleToken(String fields, String secret) {
        return send("POST", "/google/token", "client_id=g-client&client_secret=" + secret + "&" + fields);
    }

    public String googleAccessToken() {
        return Json.text(
                json(googleToken("refresh_token=g-refresh&grant_type=refresh_token", "g-secret")), "access_token");
    }

    public HttpResponse<String> retell(String method, String path, String body) {
        return send(method, "/retell" + path, body, "Authorization", "Bearer " + RETELL_KEY);
    }

    public JsonNode armFault(String provider, String operation, String fault, int times) {
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
        receiver.close();
        http.close();
    }
}
