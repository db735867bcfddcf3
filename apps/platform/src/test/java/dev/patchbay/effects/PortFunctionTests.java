package dev.patchbay.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import org.junit.jupiter.api.Test;

class PortFunctionTests {

    @Test
    void aBookingAndAHoldAreCompensatedByACancellation() {
        var answer = Json.object().put("id", "evt1").put("startLocal", "soon");
        for (String name : new String[] {"calendar.book", "calendar.hold"}) {
            var compensation = PortFunction.byName(name).compensation().orElseThrow();
            assertThat(compensation.function()).isEqualTo("calendar.cancel");
            assertThat(compensation.input(answer)).isEqualTo(Json.object().put("id", "evt1"));
        }
    }

    @Test
    void noOtherFunctionHasACompensation() {
        assertThat(PortFunction.ALL)
                .filteredOn(function -> function.compensation().isPresent())
                .hasSize(2);
    }
}
