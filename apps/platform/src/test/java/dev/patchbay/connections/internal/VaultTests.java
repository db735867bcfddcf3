package dev.patchbay.connections.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class VaultTests {

    private static final TenantId ACME = new TenantId("tnt_vault");
    private static final TenantId OTHER = new TenantId("tnt_vault_other");

    @Autowired
    private Vault vault;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private Tenants tenants;

    @Test
    void opensASecretOnlyForItsTenantConnectionAndName() {
        var dataKey = dataKey(ACME);
        byte[] sealed = dataKey.seal(new ConnectionId("con_1"), "api_key", "hunter2");
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("hunter2");
        assertThat(dataKey(ACME).open(new ConnectionId("con_1"), "api_key", sealed))
                .isEqualTo("hunter2");
        assertRefused(() -> dataKey.open(new ConnectionId("con_1"), "auth_token", sealed));
        assertRefused(() -> dataKey.open(new ConnectionId("con_2"), "api_key", sealed));
        assertRefused(() -> dataKey(OTHER).open(new ConnectionId("con_1"), "api_key", sealed));
        assertRefused(() -> new DataKey(OTHER, dataKey.aead()).open(new ConnectionId("con_1"), "api_key", sealed));
    }

    @Test
    void theTextFormContainsNoKey() {
        assertThat(dataKey(ACME)).hasToString("DataKey[tnt_vault]");
    }

    @Test
    void onlyTheOwnerReadsTheKeyEncryptionKey(@TempDir Path home) throws IOException {
        var settings = new VaultSettings("", Environment.DEV, home);
        byte[] sealed = seal(settings);
        assertThat(Files.getPosixFilePermissions(home.resolve("kek.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(home).isDirectoryNotContaining("glob:**.new");
        var named = new VaultSettings(home.resolve("kek.json").toString(), Environment.PROD, home);
        assertThat(open(settings, sealed)).isEqualTo("x");
        assertThat(open(named, sealed)).isEqualTo("x");
    }

    @Test
    void generatesNoKeyInProd(@TempDir Path home) {
        assertThatThrownBy(() -> KeyEncryptionKey.of(new VaultSettings("", Environment.PROD, home)))
                .hasMessageContaining("PATCHBAY_KEK_FILE");
        assertThatThrownBy(() -> KeyEncryptionKey.of(
                        new VaultSettings(home.resolve("lost.json").toString(), Environment.PROD, home)))
                .hasMessageContaining("lost.json");
    }

    private DataKey dataKey(TenantId tenant) {
        tenants.save(tenant, "Acme");
        return tenancy.inTenant(tenant, () -> vault.unwrapKey(tenant));
    }

    private static byte[] seal(VaultSettings settings) {
        return new DataKey(ACME, KeyEncryptionKey.of(settings)).seal(new ConnectionId("con"), "name", "x");
    }

    private static String open(VaultSettings settings, byte[] sealed) {
        return new DataKey(ACME, KeyEncryptionKey.of(settings)).open(new ConnectionId("con"), "name", sealed);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable opening) {
        assertThatThrownBy(opening).hasMessage("a sealed secret does not open here");
    }
}
