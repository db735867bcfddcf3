package dev.patchbay.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.VendorReference;
import dev.patchbay.sandbox.core.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TwilioSignatureTests {

    @Test
    void matchesTheTestVector() throws IOException {
        JsonNode vector = VendorReference.read("vectors/signature-vectors.json").path("twilio");
        Map<String, String> parameters = new LinkedHashMap<>();
        vector.path("params")
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asString()));

        assertThat(TwilioSignature.sign(Json.text(vector, "token"), Json.text(vector, "url"), parameters))
                .isEqualTo(Json.text(vector, "sig"));
    }
}
