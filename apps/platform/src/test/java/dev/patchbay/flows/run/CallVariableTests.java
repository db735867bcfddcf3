package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CallVariableTests {

    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    @Test
    void tellsTheCallsMomentsInTheClientsZone() {
        var event = Json.read("""
                {"call": {"startedAt": "2026-12-01T04:30:00Z", "endedAt": "2026-12-01T04:35:00.5Z",
                  "person": {"number": "+14155550123"}}}""");

        assertThat(CallVariable.of(event, CHICAGO)).isEqualTo(Json.read("""
                {"startedAt": "2026-11-30T22:30:00-06:00", "endedAt": "2026-11-30T22:35:00-06:00", "date": "2026-11-30",
                 "time": "22:35", "weekday": "Monday", "person": {"number": "+14155550123"}}"""));
    }

    @Test
    void isEmptyWithoutACall() {
        assertThat(CallVariable.of(Json.object(), CHICAGO)).isEmpty();
        assertThat(CallVariable.of(Json.read("{\"call\": {\"startedAt\": \"2026-12-01T04:30:00Z\"}}"), CHICAGO)
                        .path("time")
                        .asString())
                .isEqualTo("22:30");
    }
}
