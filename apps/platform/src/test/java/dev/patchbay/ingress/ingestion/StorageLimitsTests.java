package dev.patchbay.ingress.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.kernel.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StorageLimitsTests {

    @Test
    void aFactWithinTheLimitsIsUnchanged() {
        var fact = fact("call_1", "agent_1", "+14155550123", Json.read("{\"a\": [1, 2.5e10, {\"b\": -3}]}"));

        assertThat(StorageLimits.apply(fact)).isEqualTo(fact);
    }

    @Test
    void aPersonOrRouteThatNoIndexCanHoldIsRemoved() {
        var fact = StorageLimits.apply(
                fact("call_1", "loc".repeat(200), "x".repeat(6_000) + "@example.com", Json.object()));

        assertThat(fact.person()).isEmpty();
        assertThat(fact.routes()).isEmpty();
        assertThat(fact.subject()).isEqualTo("call_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with a blank", "new\nline"})
    void anInvalidSubjectIsRejected(String subject) {
        assertThatThrownBy(() -> StorageLimits.apply(fact(subject, "agent_1", "", Json.object())))
                .isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e131071", "1e-131071", "[[{\"deep\": 1e1001}]]"})
    void aNumberWithAHugeExponentIsRejected(String number) {
        var data = Json.object().set("n", Json.read(number));

        assertThatThrownBy(() -> StorageLimits.apply(fact("call_1", "agent_1", "", data)))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.pointer()).startsWith("/data/n"));
    }

    @Test
    void aNumberWithTooManyDigitsIsRejected() {
        var data = Json.object().set("n", Json.read("1." + "3".repeat(150)));

        assertThatThrownBy(() -> StorageLimits.apply(fact("call_1", "agent_1", "", data)))
                .isInstanceOf(Unreadable.class);
    }

    private static Normalised fact(String subject, String route, String person, JsonNode data) {
        return new Normalised(
                "test.happened",
                "test:1",
                subject,
                Optional.empty(),
                List.of(new Route("agent", route)),
                Optional.of(person),
                data);
    }
}
