package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonNulTests {

    @Test
    void nulIsReplacedAndTextThatLooksLikeItStays() {
        String written = Json.write(Json.object().put("text", "a\u0000b").put("path", "C:\\u0000"));

        assertThat(Json.read(written).path("text").asString()).isEqualTo("a\ufffdb");
        assertThat(Json.read(written).path("path").asString()).isEqualTo("C:\\u0000");
    }
}
