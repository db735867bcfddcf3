package dev.patchbay.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A message's price is known some time after it was sent. */
class TwilioPriceTests {

    private static final String ACCOUNT = "/twilio/2010-04-01/Accounts/" + SandboxFixture.TWILIO_SID;

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private JsonNode call(String method, String path, String body) {
        String basic = Base64.getEncoder()
                .encodeToString((SandboxFixture.TWILIO_SID + ":" + SandboxFixture.TWILIO_TOKEN)
                        .getBytes(StandardCharsets.UTF_8));
        return SandboxFixture.json(sandbox.send(
                method,
                ACCOUNT + path,
                body,
                "Authorization",
                "Basic " + basic,
                "Content-Type",
                "application/x-www-form-urlencoded"));
    }

    @Test
    void thePriceComesAfterTheMessageAndIsNegative() {
        String sid =
                Json.text(call("POST", "/Messages.json", "To=%2B12025550123&From=%2B15005550006&Body=Hello"), "sid");
        await().until(() -> Json.text(call("GET", "/Messages/" + sid + ".json", ""), "status")
                .equals("delivered"));
        assertThat(call("GET", "/Messages/" + sid + ".json", "").path("price").isNull())
                .isTrue();
        assertThat(call("GET", "/Usage/Records/Daily.json", "").path("usage_records"))
                .isEmpty();

        sandbox.clock.tick(Duration.ofSeconds(3));

        assertThat(Json.text(call("GET", "/Messages/" + sid + ".json", ""), "price"))
                .isEqualTo("-0.00830");
        assertThat(Json.text(call("GET", "/Messages.json", "").path("messages").path(0), "price"))
                .isEqualTo("-0.00830");
        JsonNode day = call("GET", "/Usage/Records/Daily.json", "")
                .path("usage_records")
                .path(0);
        assertThat(Json.text(day, "price")).isEqualTo("0.00830");
        assertThat(Json.text(day, "count")).isEqualTo("1");
        sandbox.control("POST", "/twilio/messages/" + sid + "/price", "{\"price\": \"-1\"}");
        assertThat(Json.text(call("GET", "/Messages/" + sid + ".json", ""), "price"))
                .isEqualTo("-1");
    }

    @Test
    void aReceivedMessageHasAnotherPrice() {
        sandbox.control(
                "PUT",
                "/accounts",
                "{\"twilio\": {\"accountSid\": \"%s\", \"authToken\": \"%s\", \"numbers\": [\"%s\"], \"priceLagSeconds\": 0}}"
                        .formatted(SandboxFixture.TWILIO_SID, SandboxFixture.TWILIO_TOKEN, SandboxFixture.NUMBER));
        sandbox.control(
                "POST",
                "/sms",
                "{\"from\": \"+12025550123\", \"to\": \"" + SandboxFixture.NUMBER + "\", \"body\": \"Hi\"}");

        assertThat(Json.text(call("GET", "/Messages.json", "").path("messages").path(0), "price"))
                .isEqualTo("-0.00750");
    }
}
