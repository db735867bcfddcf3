package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.core.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Compares records with the vendors' published samples and contracts. */
class VendorReferenceTests {

    @Test
    void everyMemberOfACallWebhookIsInRetellsSample(@TempDir Path folder) throws IOException {
        try (SandboxFixture sandbox = SandboxFixture.open(folder)) {
            sandbox.control("POST", "/calls", "{\"from\": \"+12025550123\"}");
            for (WebhookReceiver.ReceivedRequest request : sandbox.receiver.requests()) {
                JsonNode sample =
                        VendorReference.read("samples/retell/" + Json.text(request.json(), "event") + ".json");
                assertThat(names(sample.path("call")))
                        .containsAll(names(request.json().path("call")));
            }
        }
    }

    @Test
    void aTextMessageHasExactlyTheMembersOfTwiliosSample(@TempDir Path folder) throws IOException {
        JsonNode sample = VendorReference.read("samples/twilio/message.created.json");
        try (SandboxFixture sandbox = SandboxFixture.open(folder)) {
            JsonNode message = sandbox.control(
                    "POST",
                    "/sms",
                    "{\"from\": \"+12025550123\", \"to\": \"%s\", \"body\": \"x\"}".formatted(SandboxFixture.NUMBER));

            assertThat(names(message)).isEqualTo(names(sample));
        }
    }

    @Test
    void aContactHasOnlyMembersOfHighLevelsContract(@TempDir Path folder) throws IOException {
        JsonNode schema = VendorReference.read("contracts/highlevel/contacts-2021.cut.json")
                .at("/components/schemas/GetContectByIdSchema/properties");
        try (SandboxFixture sandbox = SandboxFixture.open(folder)) {
            JsonNode response = SandboxFixture.json(sandbox.highLevel(
                    "POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}"));

            assertThat(names(schema)).containsAll(names(response.path("contact")));
        }
    }

    private static Set<String> names(JsonNode object) {
        return new TreeSet<>(object.propertyNames());
    }
}
