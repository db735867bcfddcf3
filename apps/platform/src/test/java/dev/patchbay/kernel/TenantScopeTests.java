package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantScopeTests {

    private static final TenantId TENANT = new TenantId("tnt_1");
    private static final ClientId NORTH = new ClientId("cli_north");
    private static final ClientId SOUTH = new ClientId("cli_south");

    @Test
    void onlyAScopeOfOneClientHasAClient() {
        assertThat(TenantScope.of(TENANT, NORTH).client()).contains(NORTH);
        assertThat(TenantScope.of(TENANT, Set.of(NORTH, SOUTH)).client()).isEmpty();
        assertThat(TenantScope.of(TENANT).client()).isEmpty();
    }

    @Test
    void aScopeIncludesItsClients() {
        assertThat(TenantScope.of(TENANT).includes(SOUTH)).isTrue();
        assertThat(TenantScope.of(TENANT, NORTH).includes(NORTH)).isTrue();
        assertThat(TenantScope.of(TENANT, NORTH).includes(SOUTH)).isFalse();
    }

    @Test
    void theIdsForQueriesAreInOrder() {
        assertThat(TenantScope.of(TENANT, Set.of(SOUTH, NORTH)).scoped()).containsExactly("cli_north", "cli_south");
        assertThat(TenantScope.of(TENANT).scoped()).isNull();
    }
}
