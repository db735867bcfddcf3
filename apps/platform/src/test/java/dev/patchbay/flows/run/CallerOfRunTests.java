package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.flows.run.RunQueries.CallerOfRun;
import dev.patchbay.kernel.Json;
import org.junit.jupiter.api.Test;

class CallerOfRunTests {

    @Test
    void aCallerHasANameOrANumber() {
        String name = "\"analysis\": {\"custom\": {\"first_name\": \" Ada \", \"last_name\": \"\"}}";
        assertThat(CallerOfRun.from(Json.read("{\"call\": {" + name + "}}"))).isEqualTo(new CallerOfRun("Ada", null));
        assertThat(CallerOfRun.from(Json.read("{\"call\": {\"from\": \"+4930123\"}}")))
                .isEqualTo(new CallerOfRun(null, "+4930123"));
        assertThat(CallerOfRun.from(Json.read("{\"call\": {\"from\": \"+4930123\", " + name + "}}")))
                .isEqualTo(new CallerOfRun("Ada", "+4930123"));
    }

    @Test
    void anUnknownCallerIsNone() {
        assertThat(CallerOfRun.from(Json.object())).isNull();
    }
}
