package dev.patchbay.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rejected webhooks are recorded for the operator: reason, origin, count and digest, never the body. */
@PatchbayTest
class RejectionTests {

    @Test
    void aForgeryAtATenantsAddressIsListedForTheTenant() {
        String body = "{\"event\":\"forged\",\"secret\":\"of nobody\"}";
        var forged =
                Webhooks.signed(Webhooks.address(), body, Duration.ZERO).setHeader("x-retell-signature", "v=1,d=2");
        TestEnvironment.send(forged);
        TestEnvironment.send(forged);

        var kept = await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> find("/api/v1/ingress/rejections", body),
                        found -> found.path("count").asInt() >= 2);

        assertThat(kept.path("provider").asString()).isEqualTo("retell");
        assertThat(kept.path("connectionId").asString()).isEqualTo("con_retell");
        assertThat(kept.path("reason").asString()).isEqualTo("401.signature_invalid");
        assertThat(kept.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(kept.toString()).doesNotContain("of nobody");
        assertThat(find("/api/v1/ingress/rejections?unaddressed=true", body).isMissingNode())
                .isTrue();
    }

    @Test
    void aRequestToAnUnknownAddressIsListedForTheOperator() {
        String body = "{\"event\":\"lost\"}";
        TestEnvironment.send(Webhooks.signed(ingress("retell/nobody"), body, Duration.ZERO));
        TestEnvironment.send(Webhooks.signed(ingress("acme-telephony/nobody"), body, Duration.ZERO));
        TestEnvironment.send(TestEnvironment.request(ingress("retell/nobody"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("hello")));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> !find("/api/v1/ingress/rejections?unaddressed=true", body)
                        .isMissingNode());
        assertThat(find("/api/v1/ingress/rejections", body).isMissingNode()).isTrue();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(TestEnvironment.get("/api/v1/ingress/rejections?unaddressed=true&limit=200")
                                        .body()
                                        .toString())
                                .contains("415.unsupported_media_type")
                                .contains("\"provider\":\"unknown\"")
                                .doesNotContain("acme-telephony"));
    }

    private static JsonNode find(String path, String body) {
        String digest = HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8(body)));
        for (var item : TestEnvironment.get(path).body().path("items")) {
            if (item.path("digest").asString().equals(digest)) {
                return item;
            }
        }
        return Json.object().path("absent");
    }

    private static URI ingress(String path) {
        return URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/ingress/" + path);
    }
}
