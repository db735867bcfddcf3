package dev.patchbay.demo;

import dev.patchbay.connections.ConnectedAccounts.NewAccount;
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

/** The demo's accounts as connections, with their routes and bindings. */
final class DemoConnections {

    static final ConnectionId RETELL = new ConnectionId("con_retell");
    static final ConnectionId GOOGLE = new ConnectionId("con_google");
    static final ConnectionId TWILIO = new ConnectionId("con_twilio");
    /** In the operators' tenant. */
    static final ConnectionId TWILIO_OPERATORS = new ConnectionId("con_twilio_operators");

    static final String OPERATORS_PHONE = "+13125550190";
    static final ConnectionId STRIPE = new ConnectionId("con_stripe");
    /** The app at HighLevel: every location's webhooks come through it, while each location has a grant of its own. */
    static final ConnectionId HIGHLEVEL = new ConnectionId("con_highlevel");

    private final DemoSettings settings;
    private final DemoCredentials credentials;

    DemoConnections(DemoSettings settings, DemoCredentials credentials) {
        this.settings = settings;
        this.credentials = credentials;
    }

    /** Accounts that are connected by keys. */
    List<NewAccount> keyAccounts() {
        return List.of(
                account(
                        RETELL,
                        "retell",
                        Json.object(),
                        Map.of("api_key", credentials.retellKey()),
                        credentials.retellIngressKey()),
                account(
                        TWILIO,
                        "twilio",
                        Json.object()
                                .put("accountSid", credentials.twilioSid())
                                .put("statusCallbackUrl", credentials.twilioUrl())
                                // The sandbox does not throttle its numbers as carriers do long codes.
                                .put("messagesPerSecond", settings.sandboxRateLimit()),
                        Map.of("auth_token", credentials.twilioToken()),
                        credentials.twilioIngressKey()),
                account(
                        STRIPE,
                        "stripe",
                        Json.object(),
                        Map.of("webhook_secret", credentials.stripeSecret(), "api_key", credentials.stripeApiKey()),
                        credentials.stripeIngressKey()),
                account(
                        HIGHLEVEL,
                        "highlevel",
                        Json.object().put("webhookPublicKey", credentials.highLevelPublicKey()),
                        Map.of(),
                        credentials.highLevelIngressKey()));
    }

    /** The operators' account at Twilio, for texts to users. */
    NewAccount operatorsAccount() {
        return new NewAccount(
                TWILIO_OPERATORS,
                "twilio",
                "Sandbox: twilio",
                URI.create(settings.sandboxUrl() + "/twilio"),
                Json.object()
                        .put("accountSid", credentials.twilioSid())
                        .put("messagesPerSecond", settings.sandboxRateLimit()),
                Map.of("auth_token", credentials.twilioToken()),
                Optional.empty());
    }

    /** Texts to users of every agency leave by the operators' number. */
    static BindingView operatorsBinding() {
        return new BindingView(
                null, "messaging", TWILIO_OPERATORS, Json.object().put("from", OPERATORS_PHONE));
    }

    private NewAccount account(
            ConnectionId id,
            String provider,
            ObjectNode accountSettings,
            Map<String, String> secrets,
            String ingressKey) {
        URI base = URI.create(settings.sandboxUrl() + "/" + provider);
        return new NewAccount(
                id, provider, "Sandbox: " + provider, base, accountSettings, secrets, Optional.of(ingressKey));
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

    List<OAuthAccount> oauthAccounts() {
        var all = new ArrayList<OAuthAccount>();
        all.add(new OAuthAccount(
                GOOGLE,
                "google",
                Json.object().put("requestsPerMinute", settings.sandboxRateLimit() * 6),
                "&account=" + SandboxAccounts.CALENDAR_OWNER));
        for (DemoClient client : DemoClient.ALL) {
            all.add(new OAuthAccount(
                    client.highLevelConnection(),
                    "highlevel",
                    Json.object()
                            .put("webhooksThrough", HIGHLEVEL.value())
                            .put("requestsPer10Seconds", settings.sandboxRateLimit())
                            .put("requestsPerDay", settings.sandboxDailyLimit()),
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

    private static BindingView binding(
            DemoClient client, String port, ConnectionId connection, ObjectNode bindingSettings) {
        return new BindingView(client.id().value(), port, connection, bindingSettings);
    }
}
