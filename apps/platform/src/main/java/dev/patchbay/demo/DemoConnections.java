package dev.patchbay.demo;

import dev.patchbay.connections.ConnectedAccounts.NewAccount;
import dev.patchbay.connections.OAuthConnect;
import dev.patchbay.connections.PortBindings.BindingView;
import dev.patchbay.connections.Routes.Source;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The demo's accounts, seen from both ends: as our connections, and as the accounts that the sandbox is to know. */
final class DemoConnections {

    static final ConnectionId RETELL = new ConnectionId("con_retell");
    static final ConnectionId GOOGLE = new ConnectionId("con_google");
    static final ConnectionId TWILIO = new ConnectionId("con_twilio");
    static final ConnectionId STRIPE = new ConnectionId("con_stripe");
    /** The app at HighLevel: every location's webhooks come through it, while each location has a grant of its own. */
    static final ConnectionId HIGHLEVEL = new ConnectionId("con_highlevel");

    /** Whose calendars are all clients'. */
    private static final String CALENDARS = "calendar@bright.example";

    private final DemoSettings settings;
    private final DevSecrets secrets;
    private final DevKeys highLevelKeys;

    DemoConnections(DemoSettings settings, DevSecrets secrets) {
        this.highLevelKeys = DevKeys.in(settings.dataDir());
        this.settings = settings;
        this.secrets = secrets;
    }

    String retellKey() {
        return "key_" + secrets.of("retell");
    }

    String twilioSid() {
        return "AC" + secrets.of("twilio sid");
    }

    String twilioToken() {
        return secrets.of("twilio token");
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
        return "whsec_" + secrets.of("stripe webhooks");
    }

    private String stripeApiKey() {
        return "sk_test_" + secrets.of("stripe");
    }

    String stripeUrl() {
        return settings.publicUrl() + "/ingress/stripe/" + stripeKey();
    }

    private String stripeKey() {
        return secrets.of("stripe ingress key");
    }

    /** What the sandbox signs HighLevel's webhooks with: PEM, PKCS#8. */
    String highLevelPrivateKey() {
        return highLevelKeys.privateKey();
    }

    String highLevelIngressUrl() {
        return settings.publicUrl() + "/ingress/highlevel/" + secrets.of("highlevel ingress key");
    }

    /** Where texts and what becomes of ours are told. */
    String twilioUrl() {
        return settings.publicUrl() + "/ingress/twilio/" + statusKey();
    }

    private String statusKey() {
        return secrets.of("twilio status key");
    }

    private String ingressKey() {
        return secrets.of("ingress key");
    }

    /** What is connected by entering keys. */
    List<NewAccount> keyed() {
        return List.of(
                account(RETELL, "retell", Json.object(), Map.of("api_key", retellKey()), ingressKey()),
                account(
                        TWILIO,
                        "twilio",
                        Json.object()
                                .put("accountSid", twilioSid())
                                .put("statusCallbackUrl", twilioUrl())
                                // The sandbox's numbers are no long codes.
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
                        secrets.of("highlevel ingress key")));
    }

    private NewAccount account(
            ConnectionId id, String provider, ObjectNode options, Map<String, String> entered, String ingressKey) {
        URI base = URI.create(settings.sandboxUrl() + "/" + provider);
        return new NewAccount(id, provider, "Sandbox: " + provider, base, options, entered, Optional.of(ingressKey));
    }

    /** Whose agents, numbers, customers and locations these are. */
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

    /** What somebody who owns the account consents to, and what is asked of the sandbox's page for it. */
    record Owned(ConnectionId id, String provider, ObjectNode settings, String choice) {}

    List<Owned> owned() {
        var all = new ArrayList<Owned>();
        all.add(new Owned(
                GOOGLE,
                "google",
                Json.object().put("requestsPerMinute", settings.sandboxRateLimit() * 6),
                "&account=" + CALENDARS));
        for (DemoClient client : DemoClient.ALL) {
            all.add(new Owned(
                    client.highLevelConnection(),
                    "highlevel",
                    Json.object()
                            .put("webhooksThrough", HIGHLEVEL.value())
                            .put("requestsPer10Seconds", settings.sandboxRateLimit())
                            .put("requestsPerDay", requestsPerDay()),
                    "&location=" + client.locationId()));
        }
        return all;
    }

    /** Which account serves which client, and with what. */
    static List<BindingView> bindings() {
        return DemoClient.ALL.stream()
                .flatMap(client -> Stream.of(
                        binding(client, "crm", client.highLevelConnection(), Json.object()),
                        binding(client, "calendar", GOOGLE, Json.object().put("calendarId", client.calendarId())),
                        binding(client, "messaging", TWILIO, Json.object().put("from", client.phone()))))
                .toList();
    }

    private static BindingView binding(DemoClient client, String port, ConnectionId connection, ObjectNode with) {
        return new BindingView(client.id().value(), port, connection, with);
    }

    /** In proportion to what HighLevel allows in 10 s and in a day. */
    private int requestsPerDay() {
        return 2000 * settings.sandboxRateLimit();
    }

    /** The body of {@code PUT /_sandbox/accounts}. */
    ObjectNode asSandboxKnowsThem() {
        var accounts = Json.object();
        ObjectNode retell = accounts.putObject("retell").put("apiKey", retellKey());
        ObjectNode highLevel = application(accounts, "highlevel")
                .put("webhookUrl", highLevelIngressUrl())
                .put("webhookPrivateKey", highLevelPrivateKey());
        ObjectNode google = application(accounts, "google");
        DemoPerson.introduce(accounts, URI.create(settings.publicUrl() + "/sign-in/callback"));
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
                .put("clientId", name + OAuthConnect.SANDBOX_APP)
                .put("clientSecret", OAuthConnect.SANDBOX_SECRET);
        app.putArray("redirectUris").add(settings.publicUrl() + "/connect/" + name + "/callback");
        return app;
    }
}
