package dev.patchbay.flows.internal.act;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import org.junit.jupiter.api.Test;

class PortFunctionTests {

    @Test
    void aBookingAndAHoldAreUndoneByCancellingThem() {
        var answer = Json.object().put("id", "evt1").put("startLocal", "soon");
        for (String name : new String[] {"calendar.book", "calendar.hold"}) {
            var undo = PortFunction.named(name).undoneBy().orElseThrow();
            assertThat(undo.function()).isEqualTo("calendar.cancel");
            assertThat(undo.input(answer)).isEqualTo(Json.object().put("id", "evt1"));
        }
    }

    @Test
    void nothingElseIsUndone() {
        assertThat(PortFunction.ALL)
                .filteredOn(function -> function.undoneBy().isPresent())
                .hasSize(2);
    }
}
