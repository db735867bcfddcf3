package dev.patchbay.iam.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.spi.IssuerTransport.Response;
import dev.patchbay.kernel.Json;
import org.junit.jupiter.api.Test;

/** An issuer answers 200 with an object, or the sign-in is refused. */
class IssuerResponsesTests {

    @Test
    void onlyAnObjectWithStatus200IsRead() {
        var object = Json.object().put("issuer", "https://id.example");

        assertThat(IssuerResponses.requireObject(new Response(200, object))).isEqualTo(object);
        assertThatThrownBy(() -> IssuerResponses.requireObject(new Response(503, object)))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining("503");
        assertThatThrownBy(() -> IssuerResponses.requireObject(new Response(200, Json.read("[]"))))
                .isInstanceOf(SignInRefused.class);
    }
}
