package dev.patchbay.connections.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import org.junit.jupiter.api.Test;

class JsonBeginningTests {

    private static final String BODY = "{\"items\": [{\"id\": \"call_1\"}, {\"id\": \"call_2\"}, null], \"next\": 7}";

    @Test
    void aBodyThatFitsStaysWhole() {
        var beginning = new JsonBeginning(100);

        assertThat(beginning.of(Json.read(BODY))).isEqualTo(Json.read(BODY));
        assertThat(beginning.isCut()).isFalse();
    }

    @Test
    void membersAndItemsBeyondTheLengthAreLeftOut() {
        var beginning = new JsonBeginning(12);

        assertThat(beginning.of(Json.read(BODY))).isEqualTo(Json.read("{\"items\": [{\"id\": \"call_1\"}]}"));
        assertThat(beginning.isCut()).isTrue();
    }

    @Test
    void aSecretIsNeverCutInHalf() {
        var beginning = new JsonBeginning(1);

        assertThat(beginning.of(Json.read("{\"a\": \"sk_live_0123456789\"}")))
                .isEqualTo(Json.read("{\"a\": \"sk_live_0123456789\"}"));
    }
}
