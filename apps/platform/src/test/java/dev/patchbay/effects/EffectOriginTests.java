package dev.patchbay.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectOriginTests {

    @ParameterizedTest
    @ValueSource(strings = {"run_01k8", "live:call_1", "live:", "hold:evt1", "notice:dlv_1"})
    void aStoredOriginKeepsItsText(String text) {
        assertThat(EffectOrigin.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run_01k8/book/0/0", "once:flow_1:cli_1:abc/book/0/2"})
    void aKeyIsParsedAsItIsWritten(String text) {
        var key = EffectKey.of(new TenantId("tnt_demo"), new EffectOrigin.Run(new RunId("run_01k8")), text);

        assertThat(key.text()).isEqualTo(text);
        assertThat(key.isShared()).isEqualTo(text.startsWith("once:"));
    }
}
