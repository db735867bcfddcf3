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

    private static final AtomicInteger PEOPLE = new AtomicInteger(2000);

    @Autowired
    private Events events;

    private final Trial text = new Trial("messaging.sendSms", "messages.create", this::text, this::texts);

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
        return List.of(text);
    }

    private JsonNode text() {
        return Json.object().put("to", "+1415555" + PEOPLE.incrementAndGet()).put("text", "See you on Tuesday");
    }

    private int texts(ActionRequest actionRequest) {
        return (int) world.readState("/twilio/messages")
                .valueStream()
                .filter(it -> it.path("to").equals(actionRequest.input().path("to")))
                .count();
    }

    private ActionRequest lost(JsonNode input) {
        ActionRequest actionRequest = adapterFixture.acting(client, "messaging.sendSms", input);
        world.injectFault("twilio", "messages.create", "lost_response", 0);
        assertAgain(adapterFixture.attempt(actionRequest), FailureReason.UNKNOWN_OUTCOME);
        return actionRequest;
    }

    @Test
    void twoTextsThatNothingTellsApartAreAPersonsToJudge() {
        JsonNode input = text();
        ActionRequest one = lost(input);
        ActionRequest other = lost(input);

        assertThat(adapterFixture.finish(one)).isNotInstanceOf(Outcome.Succeeded.class);
        assertThat(adapterFixture.finish(other)).isNotInstanceOf(Outcome.Succeeded.class);
        assertThat(texts(one)).as("nothing is sent on a guess").isEqualTo(2);
    }

    @Test
    void aTextThatAnotherActSentIsNotTakenForOurs() {
        JsonNode input = text();
        assertThat(adapterFixture.attempt(adapterFixture.acting(client, "messaging.sendSms", input)))
                .isInstanceOf(Outcome.Succeeded.class);
        ActionRequest unsent = adapterFixture.acting(client, "messaging.sendSms", input);
        world.injectFault("twilio", "messages.create", "500", 0);
        assertAgain(adapterFixture.attempt(unsent), FailureReason.UNKNOWN_OUTCOME);

        assertThat(adapterFixture.finish(unsent)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(texts(unsent)).isEqualTo(2);
    }

    @Test
    void callbacksTellTextsApartThatReadTheSame() {
        String key = "kit" + UUID.randomUUID();
        connections.register(
                AdapterFixture.TENANT,
                new NewConnection(
                        connection,
                        "twilio",
                        "Kit",
                        world.baseUrl("twilio"),
                        settings()
                                .put(
                                        "statusCallbackUrl",
                                        "http://127.0.0.1:" + TestEnvironment.PORT + "/ingress/twilio/" + key),
                        secrets(),
                        Optional.of(key)));
        JsonNode input = text();
        ActionRequest one = lost(input);
        ActionRequest other = lost(input);
        await().until(() -> told(one, input) && told(other, input));

        Outcome ofOne = adapterFixture.finish(one);
        Outcome ofOther = adapterFixture.finish(other);

        assertThat(Stream.of(ofOne, ofOther)
                        .map(it -> ((Outcome.Succeeded) it).value().path("id").asString()))
                .doesNotHaveDuplicates();
        assertThat(texts(one)).isEqualTo(2);
    }

    private boolean told(ActionRequest actionRequest, JsonNode input) {
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
