package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests by which the platform checks a connection and lists the resources of its account. */
class AccountProbeTests {

    @TempDir
    private Path folder;

    private SandboxFixture sandbox;

    @BeforeEach
    void open() {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void everyVendorAcceptsItsCredentialsAndReturnsWhatTheAccountHas() {
        sandbox.send(
                "PUT",
                "/_sandbox/accounts",
                "{\"retell\": {\"apiKey\": \"" + SandboxFixture.RETELL_KEY + "\", \"numbers\": [\"+13125550100\"]},"
                        + " \"n8n\": {\"apiKey\": \"n8n-key\"}, \"openrouter\": {\"apiKey\": \"or-key\"}}");
        assertThat(SandboxFixture.json(sandbox.retell("GET", "/list-phone-numbers", ""))
                        .at("/0/phone_number")
                        .asString())
                .isEqualTo("+13125550100");
        assertThat(SandboxFixture.json(sandbox.highLevel("GET", "/locations/loc-1", ""))
                        .at("/location/name")
                        .asString())
                .isEqualTo("Acme");
        assertThat(sandbox.highLevel("GET", "/locations/loc-2", "").statusCode())
                .isEqualTo(403);
        assertThat(SandboxFixture.json(sandbox.send(
                                "GET",
                                "/google/calendar/v3/users/me/calendarList",
                                "",
                                "Authorization",
                                "Bearer " + sandbox.googleAccessToken()))
                        .path("items"))
                .hasSize(2);
        String basic = Base64.getEncoder()
                .encodeToString((SandboxFixture.TWILIO_SID + ":" + SandboxFixture.TWILIO_TOKEN)
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(SandboxFixture.json(sandbox.send(
                                "GET",
                                "/twilio/2010-04-01/Accounts/" + SandboxFixture.TWILIO_SID
                                        + "/IncomingPhoneNumbers.json",
                                "",
                                "Authorization",
                                "Basic " + basic))
                        .at("/incoming_phone_numbers/0/phone_number")
                        .asString())
                .isEqualTo(SandboxFixture.NUMBER);
        assertThat(sandbox.send("GET", "/stripe/v1/balance", "", "Authorization", "Bearer sk_test_1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.send("GET", "/n8n/api/v1/workflows", "", "X-N8N-API-KEY", "n8n-key")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.send("GET", "/openrouter/api/v1/key", "", "Authorization", "Bearer or-key")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.send("GET", "/openrouter/api/v1/key", "", "Authorization", "Bearer guess")
                        .statusCode())
                .isEqualTo(401);
    }
}
