package dev.patchbay.integrations.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.NewConnection;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.ingress.EventQuery;
import dev.patchbay.ingress.Events;
import dev.patchbay.integrations.SandboxFixture;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@PatchbayTest
class TwilioKitTests extends AdapterKit {

    private static final AtomicInteger NUMBERS = new AtomicInteger(2000);

    @Autowired
    private Events events;

    private final Trial sms = new Trial("messaging.sendSms", "messages.create", this::smsInput, this::countTexts);

    private final Trial mms = new Trial("messaging.sendMms", "messages.create", this::mmsInput, this::countTexts);

    @Override
    protected String provider() {
        return "twilio";
    }

    @Override
    protected ObjectNode settings() {
        return Json.object().put("accountSid", SandboxFixture.SID).put("messagesPerSecond", 1000);
    }

    @Override
    protected Map<String, String> secrets() {
        return Map.of("auth_token", "tw-token");
    }

    @Override
    protected JsonNode binding() {
        return Json.object().put("from", "+14155550100");
    }

    @Override
    protected List<Trial> trials() {
        return List.of(sms, mms);
    }

    private JsonNode smsInput() {
        return Json.object().put("to", "+1415555" + NUMBERS.incrementAndGet()).put("text", "See you on Tuesday");
    }

    private JsonNode mmsInput() {
        ObjectNode input = (ObjectNode) smsInput();
        input.putArray("media").add("https://example.com/map.png");
        return input;
    }

    private int countTexts(ActionRequest actionRequest) {
        return (int) sandbox.readState("/twilio/messages")
                .valueStream()
                .filter(it -> it.path("to").equals(actionRequest.input().path("to")))
                .count();
    }

    private ActionRequest requestWithLostResponse(JsonNode input) {
        ActionRequest actionRequest = adapterFixture.request(client, "messaging.sendSms", input);
        sandbox.injectFault("twilio", "messages.create", "lost_response", 0);
        assertRetry(adapterFixture.attempt(actionRequest), FailureReason.UNKNOWN_OUTCOME);
        return actionRequest;
    }

    @Test
    void twoIndistinguishableTextsAreLeftToAPerson() {
        JsonNode input = smsInput();
        ActionRequest one = requestWithLostResponse(input);
        ActionRequest other = requestWithLostResponse(input);

        assertThat(adapterFixture.finishWithoutWaiting(one)).isNotInstanceOf(Outcome.Succeeded.class);
        assertThat(adapterFixture.finishWithoutWaiting(other)).isNotInstanceOf(Outcome.Succeeded.class);
        assertThat(countTexts(one)).as("nothing is sent on a guess").isEqualTo(2);
    }

    @Test
    void aTextOfAnotherEffectIsNotMistakenForOurs() {
        JsonNode input = smsInput();
        assertThat(adapterFixture.attempt(adapterFixture.request(client, "messaging.sendSms", input)))
                .isInstanceOf(Outcome.Succeeded.class);
        ActionRequest unsent = adapterFixture.request(client, "messaging.sendSms", input);
        sandbox.injectFault("twilio", "messages.create", "500", 0);
        assertRetry(adapterFixture.attempt(unsent), FailureReason.UNKNOWN_OUTCOME);

        assertThat(adapterFixture.finishWithoutWaiting(unsent)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(countTexts(unsent)).isEqualTo(2);
    }

    @Test
    void callbacksDistinguishTextsOfTheSameWords() {
        registerConnectionWithCallbacks();
        try {
            JsonNode input = smsInput();
            ActionRequest one = requestWithLostResponse(input);
            ActionRequest other = requestWithLostResponse(input);
            await().until(() -> hasCallback(one, input) && hasCallback(other, input));

            Outcome ofOne = adapterFixture.finishWithoutWaiting(one);
            Outcome ofOther = adapterFixture.finishWithoutWaiting(other);

            assertThat(Stream.of(ofOne, ofOther)
                            .map(it ->
                                    ((Outcome.Succeeded) it).value().path("id").asString()))
                    .doesNotHaveDuplicates();
            assertThat(countTexts(one)).isEqualTo(2);
        } finally {
            // The other tests of this connection know no callbacks.
            registerConnection(sandbox.baseUrl("twilio"));
        }
    }

    private void registerConnectionWithCallbacks() {
        String key = "kit" + UUID.randomUUID();
        connections.register(
                AdapterFixture.TENANT,
                new NewConnection(
                        connection,
                        "twilio",
                        "Kit",
                        sandbox.baseUrl("twilio"),
                        settings()
                                .put(
                                        "statusCallbackUrl",
                                        "http://127.0.0.1:" + TestEnvironment.PORT + "/ingress/twilio/" + key),
                        secrets(),
                        Optional.of(key)));
    }

    private boolean hasCallback(ActionRequest actionRequest, JsonNode input) {
        var query = new EventQuery(
                Optional.of("message.sms.status"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(input.path("to").asString()),
                Optional.empty(),
                100,
                Optional.empty());
        return events.list(TenantScope.of(AdapterFixture.TENANT), query).items().stream()
                .anyMatch(it -> it.data()
                        .path("effectKey")
                        .asString("")
                        .equals(actionRequest.key().text()));
    }
}
