package dev.patchbay.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The segments of a text message (3GPP TS 23.038): GSM-7 counts a character of its extension as two, UCS-2 holds all others. */
class TwilioSegmentTests {

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "a, 160, 1",
        "a, 161, 2",
        "a, 306, 2",
        "a, 307, 3",
        "é, 160, 1",
        "€, 80, 1",
        "€, 81, 2",
        "{, 153, 2",
        "{, 154, 3",
        "ê, 70, 1",
        "ê, 71, 2",
        "ê, 134, 2",
        "ê, 135, 3",
        "😀, 35, 1",
        "😀, 36, 2"
    })
    void countsTheSegmentsOfAText(String character, int times, String segments) {
        String basic = Base64.getEncoder()
                .encodeToString((SandboxFixture.TWILIO_SID + ":" + SandboxFixture.TWILIO_TOKEN)
                        .getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> sent = sandbox.send(
                "POST",
                "/twilio/2010-04-01/Accounts/" + SandboxFixture.TWILIO_SID + "/Messages.json",
                "To=%2B12025550123&From=%2B15005550006&Body="
                        + URLEncoder.encode(character.repeat(times), StandardCharsets.UTF_8),
                "Authorization",
                "Basic " + basic,
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
        assertThat(Json.text(SandboxFixture.json(sent), "num_segments")).isEqualTo(segments);
    }
}
