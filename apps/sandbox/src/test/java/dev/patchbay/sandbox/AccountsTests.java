package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of an account to see whether it is well, and what it holds. */
class AccountsTests {

    @TempDir
    private Path folder;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = Scene.open(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void everyVendorLetsInWhomItKnowsAndTellsWhatTheAccountHolds() {
        scene.send(
                "PUT",
                "/_sandbox/accounts",
                "{\"retell\": {\"apiKey\": \"" + Scene.RETELL_KEY + "\", \"numbers\": [\"+13125550100\"]},"
                        + " \"n8n\": {\"apiKey\": \"n8n-key\"}, \"openrouter\": {\"apiKey\": \"or-key\"}}");
        assertThat(Scene.json(scene.retell("GET", "/list-phone-numbers", ""))
                        .at("/0/phone_number")
                        .asString())
                .isEqualTo("+13125550100");
        assertThat(Scene.json(scene.highLevel("GET", "/locations/loc-1", ""))
                        .at("/location/name")
                        .asString())
                .isEqualTo("Acme");
        assertThat(scene.highLevel("GET", "/locations/loc-2", "").statusCode()).isEqualTo(403);
        assertThat(Scene.json(scene.send(
                                "GET",
                                "/google/calendar/v3/users/me/calendarList",
                                "",
                                "Authorization",
                                "Bearer " + scene.googleAccess()))
                        .path("items"))
                .hasSize(2);
        String basic = Base64.getEncoder()
                .encodeToString((Scene.TWILIO_SID + ":" + Scene.TWILIO_TOKEN).getBytes(StandardCharsets.UTF_8));
        assertThat(Scene.json(scene.send(
                                "GET",
                                "/twilio/2010-04-01/Accounts/" + Scene.TWILIO_SID + "/IncomingPhoneNumbers.json",
                                "",
                                "Authorization",
                                "Basic " + basic))
                        .at("/incoming_phone_numbers/0/phone_number")
                        .asString())
                .isEqualTo(Scene.NUMBER);
        assertThat(scene.send("GET", "/stripe/v1/balance", "", "Authorization", "Bearer sk_test_1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(scene.send("GET", "/n8n/api/v1/workflows", "", "X-N8N-API-KEY", "n8n-key")
                        .statusCode())
                .isEqualTo(200);
        assertThat(scene.send("GET", "/openrouter/api/v1/key", "", "Authorization", "Bearer or-key")
                        .statusCode())
                .isEqualTo(200);
        assertThat(scene.send("GET", "/openrouter/api/v1/key", "", "Authorization", "Bearer guess")
                        .statusCode())
                .isEqualTo(401);
    }
}
