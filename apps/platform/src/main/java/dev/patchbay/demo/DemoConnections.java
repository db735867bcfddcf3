package dev.patchbay.demo;

import dev.patchbay.connections.ConnectedAccounts.NewAccount;
import dev.patchbay.connections.PortBindings.BindingView;
import dev.patchbay.connections.Routes.Source;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The demo's accounts, both as our connections and as the sandbox's accounts. */
final class DemoConnections {

    static final String RETELL = "con_retell";
    static final String GOOGLE = "con_google";
    static final String TWILIO = "con_twilio";
    static final String STRIPE = "con_stripe";
    /** The app at HighLevel: every location's webhooks come through it, while each location has a grant of its own. */
    static final String HIGHLEVEL = "con_highlevel";

    /** The Google account that holds the calendars of all clients. */
    private static final String CALENDARS = "calendar@bright.example";

    private final DemoSettings settings;
    private final DevSecrets secrets;
    private final DevKeys highLevelKeys;

    DemoConnections(DemoSettings settings, DevSecrets secrets) {
        this.highLevelKeys = DevKeys.load(settings.dataDir());
        this.settings = settings;
        this.secrets = secrets;
    }

    String retellKey() {
        return "key_" + secrets.derive("retell");
    }

    String twilioSid() {
        return "AC" + secrets.derive("twilio sid");
    }

    String twilioToken() {
        return secrets.derive("twilio token");
    }

    String ingressUrl() {
        return settings.publicUrl() + "/ingress/retell/" + ingressKey();
    }

    String inboundUrl() {
        return ingressUrl() + "/inbound";
    }

    String functionsUrl() {
        return ingressUrl() + "/functions";
    }

    String stripeSecret() {
        return "whsec_" + secrets.derive("stripe webhooks");
    }

    private String stripeApiKey() {
        return "sk_test_" + secrets.derive("stripe");
    }

    String stripeUrl() {
        return settings.publicUrl() + "/ingress/stripe/" + stripeKey();
    }

    private String stripeKey() {
        return secrets.derive("stripe ingress key");
    }

    /** The key by which the sandbox signs HighLevel's webhooks: PEM, PKCS#8. */
    String highLevelPrivateKey() {
        return highLevelKeys.privateKey();
    }

    String highLevelIngressUrl() {
        return settings.publicUrl() + "/ingress/highlevel/" + secrets.derive("highlevel ingress key");
    }

    /** The webhook for incoming texts and delivery receipts. */
    String twilioUrl() {
        return settings.publicUrl() + "/ingress/twilio/" + statusKey();
    }

    private String statusKey() {
        return secrets.derive("twilio status key");
    }

    private String ingressKey() {
        return secrets.derive("ingress key");
    }

    /** Accounts that are connected by keys. */
    List<NewAccount> keyAccounts() {
        return List.of(
                account(RETELL, "retell", Json.object(), Map.of("api_key", retellKey()), ingressKey()),
                account(
                        TWILIO,
                        "twilio",
                        Json.object()
                                .put("accountSid", twilioSid())
                                .put("statusCallbackUrl", twilioUrl())
                                // The sandbox does not throttle its numbers as carriers do long codes.
                                .put("messagesPerSecond", settings.sandboxRateLimit()),
                        Map.of("auth_token", twilioToken()),
                        statusKey()),
                account(
                        STRIPE,
                        "stripe",
                        Json.object(),
                        Map.of("webhook_secret", stripeSecret(), "api_key", stripeApiKey()),
                        stripeKey()),
                account(
                        HIGHLEVEL,
                        "highlevel",
                        Json.object().put("webhookPublicKey", highLevelKeys.publicKey()),
                        Map.of(),
                        secrets.derive("highlevel ingress key")));
    }

    private NewAccount account(
            String id, String provider, ObjectNode accountSettings, Map<String, String> secrets, String ingressKey) {
        URI base = URI.create(settings.sandboxUrl() + "/" + provider);
        return new NewAccount(id, provider, "Sandbox: " + provider, base, accountSettings, secrets, Optional.of(ingressKey));
    }

    /** The client of each agent, number, customer and location. */
    static Map<Source, ClientId> sources() {
        var all = new LinkedHashMap<Source, ClientId>();
        for (DemoClient client : DemoClient.ALL) {
            all.put(new Source(RETELL, "agent", client.agentId()), client.id());
            all.put(new Source(RETELL, "number", client.phone()), client.id());
            all.put(new Source(TWILIO, "number", client.phone()), client.id());
            all.put(new Source(STRIPE, "customer", client.customerId()), client.id());
            all.put(new Source(HIGHLEVEL, "location", client.locationId()), client.id());
        }
        return all;
    }

    /** An account that is connected by OAuth.
     *
     * @param choice the query parameter by which its owner chooses it on the sandbox's consent page
     */
    record OAuthAccount(String id, String provider, ObjectNode settings, String choice) {}

    List<OAuthAccount> oauthAccounts() {
        var all = new ArrayList<OAuthAccount>();
        all.add(new OAuthAccount(
                GOOGLE,
                "google",
                Json.object().put("requestsPerMinute", settings.sandboxRateLimit() * 6),
                "&account=" + CALENDARS));
        for (DemoClient client : DemoClient.ALL) {
            all.add(new OAuthAccount(
                    client.highLevelConnection(),
                    "highlevel",
                    Json.object()
                            .put("webhooksThrough", HIGHLEVEL)
                            .put("requestsPer10Seconds", settings.sandboxRateLimit())
                            .put("requestsPerDay", requestsPerDay()),
                    "&location=" + client.locationId()));
        }
        return all;
    }

    /** The account that serves each port of each client, with its settings. */
    static List<BindingView> bindings() {
        return DemoClient.ALL.stream()
                .flatMap(client -> Stream.of(
                        binding(client, "crm", client.highLevelConnection(), Json.object()),
                        binding(client, "calendar", GOOGLE, Json.object().put("calendarId", client.calendarId())),
                        binding(client, "messaging", TWILIO, Json.object().put("from", client.phone()))))
                .toList();
    }

    private static BindingView binding(DemoClient client, String port, String connection, ObjectNode bindingSettings) {
        return new BindingView(client.id().value(), port, connection, bindingSettings);
    }

    /** In proportion to what HighLevel allows in 10 s and in a day. */
    private int requestsPerDay() {
        return 2000 * settings.sandboxRateLimit();
    }

    /** The body of {@code PUT /_sandbox/accounts}. */
    ObjectNode sandboxAccounts() {
        var accounts = Json.object();
        ObjectNode retell = accounts.putObject("retell").put("apiKey", retellKey());
        ObjectNode highLevel = application(accounts, "highlevel")
                .put("webhookUrl", highLevelIngressUrl())
                .put("webhookPrivateKey", highLevelPrivateKey());
        ObjectNode google = application(accounts, "google");
        DemoUser.addAccounts(accounts, URI.create(settings.publicUrl() + "/sign-in/callback"));
        ObjectNode twilio =
                accounts.putObject("twilio").put("accountSid", twilioSid()).put("authToken", twilioToken());
        twilio.put("smsUrl", twilioUrl()).put("voiceStatusUrl", twilioUrl());
        accounts.putObject("stripe")
                .put("apiKey", stripeApiKey())
                .put("webhookUrl", stripeUrl())
                .put("webhookSecret", stripeSecret());
        var agents = retell.putArray("agents");
        var locations = highLevel.putArray("locations");
        var numbers = twilio.putArray("numbers");
        var calendars =
                google.putArray("accounts").addObject().put("email", CALENDARS).putArray("calendars");
        for (DemoClient client : DemoClient.ALL) {
            agents.addObject()
                    .put("agent_id", client.agentId())
                    .put("agent_name", client.name())
                    .put("webhook_url", ingressUrl())
                    .put("inbound_webhook_url", inboundUrl())
                    .put("functions_url", functionsUrl());
            locations
                    .addObject()
                    .put("id", client.locationId())
                    .put("name", client.name())
                    .put("timezone", client.zone().getId())
                    .put("rateLimit", settings.sandboxRateLimit())
                    .put("rateLimitDay", requestsPerDay());
            calendars
                    .addObject()
                    .put("id", client.calendarId())
                    .put("timeZone", client.zone().getId());
            numbers.add(client.phone());
        }
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
