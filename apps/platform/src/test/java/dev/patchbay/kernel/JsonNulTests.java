package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JsonNulTests {

    @Test
    void nulIsReplacedAndTextThatLooksLikeItStays() {
        String written = Json.write(Json.object().put("text", "a\u0000b").put("path", "C:\\u0000"));

        assertThat(Json.read(written).path("text").asString()).isEqualTo("a\ufffdb");
        assertThat(Json.read(written).path("path").asString()).isEqualTo("C:\\u0000");
    }

    @Test
    void anExponentBeyondAnyNumberIsNoJson() {
        for (String text : new String[] {"[1e999999999999]", "{\"a\": -1E-99999999999999}"}) {
            assertThatThrownBy(() -> Json.read(text)).isInstanceOf(JacksonException.class);
            assertThatThrownBy(() -> Json.read(Hashing.utf8(text))).isInstanceOf(JacksonException.class);
        }
    }
}
