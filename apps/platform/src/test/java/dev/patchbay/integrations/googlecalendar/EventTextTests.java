package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.effects.spi.CalendarPort.PersonDetails;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class EventTextTests {

    private static ObjectNode event(String origin, @Nullable String title, @Nullable PersonDetails person) {
        CallContext act = TestHttp.callContext(
                TestHttp.account("google", URI.create("https://google.test"), "{}", Map.of()), "{}");
        CallContext context = new CallContext(
                act.account(),
                act.client(),
                act.binding(),
                act.zone(),
                act.locale(),
                act.correlation(),
                origin,
                act.effectKey(),
                act.firstClaimedAt(),
                act.window(),
                act.journal());
        ObjectNode event = Json.object();
        new EventText(URI.create("https://portal.test"))
                .describe(event, context, title, "About teeth", person, "event.title");
        return event;
    }

    @ParameterizedTest
    @CsvSource({
        "Check-up,              Ada, Check-up: Ada",
        "Check-up for Ada,      Ada, Check-up for Ada",
        "Check-up,              ,    Check-up"
    })
    void theSummaryNamesThePersonOnce(String title, @Nullable String name, String summary) {
        assertThat(event("run_1", title, new PersonDetails(name, null, null, null))
                        .path("summary")
                        .asString())
                .isEqualTo(summary);
    }

    @Test
    void theDescriptionLeavesOutABlankMember() {
        String description = event("hold:1", null, new PersonDetails(null, " ", "ada@example.com", "Cleaning"))
                .path("description")
                .asString();
        assertThat(description.lines())
                .hasSize(3)
                .startsWith("About teeth")
                .anyMatch(it -> it.contains("ada@example.com"))
                .anyMatch(it -> it.contains("Cleaning"));
    }

    @ParameterizedTest
    @CsvSource({"run_1, https://portal.test/runs/run_1", "live:call_1, https://portal.test/calls/call_1"})
    void theDescriptionLinksTheRunOrTheCall(String origin, String link) {
        assertThat(event(origin, null, null).path("description").asString()).contains(link);
    }

    @Test
    void aHoldHasNoLink() {
        assertThat(event("hold:1", null, null).path("description").asString()).isEqualTo("About teeth");
    }
}
