package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class CallInputsTests {

    private static final Client CLIENT =
            new Client(new ClientId("cli_none"), "None", ZoneId.of("America/Chicago"), Json.object());

    @Autowired
    private CallInputs inputs;

    private CallInputs.Reader reader(String event) {
        return inputs.forRun(new TenantId("tnt_demo"), CLIENT, Json.read(event), Instant.parse("2026-12-24T12:00:00Z"));
    }

    @Test
    void tomorrowIsCountedFromTheCall() {
        var ofCall = reader("{\"call\": {\"endedAt\": \"2026-11-30T16:00:00Z\"}}");
        var withoutCall = reader("{\"call\": {\"endedAt\": \"soon\"}}");

        assertThat(ofCall.readTime(Json.tree("tomorrow at 10 AM"))).contains(Instant.parse("2026-12-01T16:00:00Z"));
        assertThat(withoutCall.readTime(Json.tree("tomorrow at 10 AM")))
                .contains(Instant.parse("2026-12-25T16:00:00Z"));
        assertThat(ofCall.readTime(Json.tree("tomorrow"))).isEmpty();
    }
}
