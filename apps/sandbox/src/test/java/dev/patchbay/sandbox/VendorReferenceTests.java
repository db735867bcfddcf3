package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The stand-ins beside the vendors' published vectors and samples, where that reference folder is at hand. */
class VendorReferenceTests {

    private static JsonNode reference(String name) throws IOException {
        Path file = Path.of("../../../shared/vendors").resolve(name);
        assumeTrue(Files.exists(file), () -> "Skipped: the vendors' reference " + name + " is not at hand");
        return Json.MAPPER.readTree(Files.readString(file));
    }

    @Test
    void signsAsTheVectorsSay() throws IOException {
        JsonNode vectors = reference("vectors/signature-vectors.json");

        for (String name : Set.of("retell", "retellUtf8")) {
            JsonNode vector = vectors.path(name);
            assertThat(Signatures.retell(Json.text(vector, "key"), Json.text(vector, "body"), 1700000000000L))
                    .isEqualTo(Json.text(vector, "header"));
        }
        JsonNode twilio = vectors.path("twilio");
        Map<String, String> parameters = new LinkedHashMap<>();
        twilio.path("params")
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asString()));
        assertThat(Signatures.twilio(Json.text(twilio, "token"), Json.text(twilio, "url"), parameters))
                .isEqualTo(Json.text(twilio, "sig"));
    }

    @Test
    void everyWebhookMemberIsOneThatRetellSends(@TempDir Path folder) throws IOException {
        try (Scene scene = Scene.open(folder)) {
            scene.control("POST", "/calls", "{\"from\": \"+12025550123\"}");
            for (Listener.Heard heard : scene.listener.heard()) {
                JsonNode sample = reference("samples/retell/" + Json.text(heard.json(), "event") + ".json");
                assertThat(names(sample.path("call")))
                        .containsAll(names(heard.json().path("call")));
            }
        }
    }

    @Test
    void aTextHasTheVendorsMembersAndNoOthers(@TempDir Path folder) throws IOException {
        JsonNode sample = reference("samples/twilio/message.created.json");
        try (Scene scene = Scene.open(folder)) {
            JsonNode message = scene.control(
                    "POST",
                    "/sms",
                    "{\"from\": \"+12025550123\", \"to\": \"%s\", \"body\": \"x\"}".formatted(Scene.NUMBER));

            assertThat(names(message)).isEqualTo(names(sample));
        }
    }

    @Test
    void aContactHasOnlyMembersOfTheContract(@TempDir Path folder) throws IOException {
        JsonNode schema = reference("contracts/highlevel/contacts-2021.cut.json")
                .at("/components/schemas/GetContectByIdSchema/properties");
        try (Scene scene = Scene.open(folder)) {
            JsonNode upserted = Scene.json(scene.highLevel(
                    "POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}"));

            assertThat(names(schema)).containsAll(names(upserted.path("contact")));
        }
    }

    private static Set<String> names(JsonNode object) {
        return new TreeSet<>(object.propertyNames());
    }
}
