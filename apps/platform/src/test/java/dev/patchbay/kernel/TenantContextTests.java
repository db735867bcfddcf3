package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Log lines say for whom the work is done. */
class TenantContextTests {

    private static final TenantId ONE = new TenantId("tnt_one");
    private static final TenantId OTHER = new TenantId("tnt_other");

    @Test
    void eachScopeEndsWithTheOneAround() {
        assertThat(TenantContext.current()).isEmpty();
        try (var _ = TenantContext.open(ONE, Optional.of(new ClientId("cli_north")))) {
            assertThat(TenantContext.current()).contains(ONE);
            assertThat(MDC.get(TenantContext.CLIENT)).isEqualTo("cli_north");
            try (var _ = TenantContext.open(OTHER)) {
                assertThat(TenantContext.current()).contains(OTHER);
                assertThat(MDC.get(TenantContext.CLIENT)).isNull();
            }
            assertThat(MDC.get(TenantContext.TENANT)).isEqualTo("tnt_one");
            assertThat(MDC.get(TenantContext.CLIENT)).isEqualTo("cli_north");
        }
        assertThat(TenantContext.current()).isEmpty();
        assertThat(MDC.get(TenantContext.CLIENT)).isNull();
    }
}
