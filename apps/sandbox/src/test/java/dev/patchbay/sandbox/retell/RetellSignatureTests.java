package dev.patchbay.sandbox.retell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.VendorReference;
import dev.patchbay.sandbox.core.Json;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RetellSignatureTests {

    @ParameterizedTest
    @ValueSource(strings = {"retell", "retellUtf8"})
    void matchesTheTestVector(String name) throws IOException {
        JsonNode vector = VendorReference.read("vectors/signature-vectors.json").path(name);

        assertThat(RetellSignature.sign(Json.text(vector, "key"), Json.text(vector, "body"), 1700000000000L))
                .isEqualTo(Json.text(vector, "header"));
    }
}
