package dev.patchbay.demo;

import dev.patchbay.kernel.Json;
import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/** Describes the demo's accounts, as the sandbox sets them up. */
final class SandboxAccounts {

    /** This Google account holds the calendars of all clients. */
    static final String CALENDAR_OWNER = "calendar@bright.example";

    private final DemoSettings settings;
    private final DemoCredentials credentials;

    SandboxAccounts(DemoSettings settings, DemoCredentials credentials) {
        this.settings = settings;
        this.credentials = credentials;
    }

    /** Returns the body of {@code PUT /_sandbox/accounts}. */
    ObjectNode toJson() {
        var accounts = Json.object();
        ObjectNode retell = accounts.putObject("retell").put("apiKey", credentials.retellKey());
        ObjectNode highLevel = application(accounts, "highlevel")
                .put("webhookUrl", credentials.highLevelUrl())
                .put("webhookPrivateKey", credentials.highLevelPrivateKey());
        ObjectNode google = application(accounts, "google");
        DemoUser.addAccounts(accounts, URI.create(settings.publicUrl() + "/sign-in/callback"));
        ObjectNode twilio = accounts.putObject("twilio")
                .put("accountSid", credentials.twilioSid())
                .put("authToken", credentials.twilioToken());
        twilio.put("smsUrl", credentials.twilioUrl()).put("voiceStatusUrl", credentials.twilioUrl());
        accounts.putObject("stripe")
                .put("apiKey", credentials.stripeApiKey())
                .put("webhookUrl", credentials.stripeUrl())
                .put("webhookSecret", credentials.stripeSecret());
        var agents = retell.putArray("agents");
        var locations = highLevel.putArray("locations");
        var numbers = twilio.putArray("numbers");
        var calendars = google.putArray("accounts")
                .addObject()
                .put("email", CALENDAR_OWNER)
                .putArray("calendars");
        for (DemoClient client : DemoClient.ALL) {
            agents.addObject()
                    .put("agent_id", client.agentId())
                    .put("agent_name", client.name())
                    .put("webhook_url", credentials.retellUrl())
                    .put("inbound_webhook_url", credentials.inboundUrl())
                    .put("functions_url", credentials.functionsUrl());
            locations
                    .addObject()
                    .put("id", client.locationId())
                    .put("name", client.name())
                    .put("timezone", client.zone().getId())
                    .put("rateLimit", settings.sandboxRateLimit())
                    .put("rateLimitDay", settings.sandboxDailyLimit());
            calendars
                    .addObject()
                    .put("id", client.calendarId())
                    .put("timeZone", client.zone().getId());
            numbers.add(client.phone());
        }
        numbers.add(DemoConnections.OPERATORS_PHONE);
        return accounts;
    }

    private ObjectNode application(ObjectNode accounts, String name) {
        ObjectNode app = accounts.putObject(name)
                .put("clientId", SandboxDefaults.oauthClient(name))
                .put("clientSecret", SandboxDefaults.OAUTH_SECRET);
        app.putArray("redirectUris").add(settings.publicUrl() + "/connect/" + name + "/callback");
        return app;
    }
}
