package dev.patchbay.connections.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.KeyFile;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.Sealing;
import dev.patchbay.connections.TenantKeys;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys rotate while many callers read, write and seal: nothing fails, and older sealed data still opens. */
@PatchbayTest
class KeyRotationTests {

    private static final TenantId ACME = new TenantId("tnt_key_rotation");
    private static final ConnectionId CONNECTION = new ConnectionId("con_keys");

    @Autowired
    private Connections connections;

    @Autowired
    private ConnectionRepository connectionRepository;

    @Autowired
    private SecretRepository secrets;

    @Autowired
    private TenantKeyRepository tenantKeys;

    @Autowired
    private Sealing sealing;

    @Autowired
    private TenantKeys keys;

    @Autowired
    private KeyRotation keyRotation;

    @Autowired
    private Vault vault;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private Tenants tenants;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void registerConnection() {
        tenants.save(ACME, "Acme");
        connections.register(
                ACME,
                new NewConnection(
                        CONNECTION,
                        "retell",
                        "Retell",
                        URI.create("http://127.0.0.1:1"),
                        Json.object(),
                        Map.of("api_key", "hunter2"),
                        Optional.empty()));
        connections.bind(TenantScope.of(ACME), "voice", CONNECTION, Json.object());
    }

    @Test
    void bothKeysRotateUnderLoadWithoutFailures() throws Exception {
        Path file = TestEnvironment.DATA.resolve("kek.json");
        byte[] before = sealing.seal(ACME, "raw/before", Hashing.utf8("old"));
        var running = new AtomicBoolean(true);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, 16)
                    .<Callable<Integer>>mapToObj(worker -> () -> useKeys(worker, running))
                    .map(callers::submit)
                    .toList();
            for (int round = 0; round < 5; round++) {
                KeyFile.run("add", file);
                KeyFile.run("promote", file);
                keyRotation.runOnce();
                keys.rotate(ACME, "usr_operator");
                KeyFile.run("drop", file);
                keyRotation.runOnce();
            }
            running.set(false);
            for (Future<Integer> done : work) {
                assertThat(done.get()).isPositive();
            }
        }
        assertThat(sealing.open(ACME, "raw/before", before)).isEqualTo(Hashing.utf8("old"));
        assertThat(tenancy.throughDefinerFunction(
                        () -> jdbc.sql("SELECT count(*) FROM patchbay.tenants_to_rewrap(:kek)")
                                .param("kek", vault.reloadKeyEncryptionKeys())
                                .query(Long.class)
                                .single()))
                .isZero();
    }

    private int useKeys(int worker, AtomicBoolean running) {
        int done = 0;
        for (; running.get() || done == 0; done++) {
            int round = done;
            assertThat(tenancy.inTenant(ACME, () -> connectionRepository.find(ACME, CONNECTION))
                            .orElseThrow()
                            .account()
                            .secret("api_key"))
                    .isEqualTo("hunter2");
            assertThat(connections.findBound(TenantScope.of(ACME), "voice")).isPresent();
            byte[] sealed = sealing.seal(ACME, "raw/" + worker, Hashing.utf8("body " + round));
            assertThat(sealing.open(ACME, "raw/" + worker, sealed)).isEqualTo(Hashing.utf8("body " + round));
            tenancy.inTenant(ACME, () -> secrets.put(ACME, CONNECTION, "extra_" + worker, "secret " + round));
        }
        return done;
    }

    @Test
    void aRotatedDataKeyOpensDataUntilItsRetentionEnds() {
        byte[] sealed = sealing.seal(ACME, "raw/aged", Hashing.utf8("x"));
        keys.rotate(ACME, "usr_operator");
        assertThat(sealing.open(ACME, "raw/aged", sealed)).isEqualTo(Hashing.utf8("x"));
        tenancy.inTenant(ACME, () -> jdbc.sql("""
                        UPDATE patchbay.tenant_key SET rotated_at = clock_timestamp() - interval '500 days'
                        WHERE tenant_id = :tenant""").param("tenant", ACME.value()).update());
        keys.rotate(ACME, "usr_operator");
        assertThat(connections.load(ACME, CONNECTION).secret("api_key")).isEqualTo("hunter2");
        assertThatThrownBy(() ->
                        tenancy.inTenant(ACME, () -> vault.unwrapKey(ACME)).openBytes("raw/aged", sealed))
                .hasMessage("a sealed secret does not open here");
    }

    @Test
    void aCachedOlderKeyIsReplacedWhenAnotherProcessSealedWithANewerOne() {
        sealing.seal(ACME, "raw/a", Hashing.utf8("remembered"));
        keys.rotate(ACME, "usr_operator");
        byte[] newer = tenancy.inTenant(ACME, () -> vault.unwrapKey(ACME)).sealBytes("raw/b", Hashing.utf8("new"));
        assertThat(sealing.open(ACME, "raw/b", newer)).isEqualTo(Hashing.utf8("new"));
    }

    @Test
    void aDataKeyWrappedByAnUnknownKeyDoesNotOpen(@TempDir Path home) throws Exception {
        KeyFile.run("create", home.resolve("kek.json"));
        var stranger =
                new Vault(new VaultSettings(home.resolve("kek.json").toString(), Environment.PROD, home), tenantKeys);
        sealing.seal(ACME, "raw/c", Hashing.utf8("x"));
        assertThatThrownBy(() -> tenancy.inTenant(ACME, () -> stranger.unwrapKey(ACME)))
                .hasMessage("a sealed secret does not open here");
    }

    @Test
    void theKeyFileIsRotatedStepByStep(@TempDir Path home) throws Exception {
        Path file = home.resolve("kek.json");
        String first = KeyFile.run("create", file);
        assertThat(first).endsWith("*");
        assertThat(KeyFile.run("add", file)).startsWith(first + " ");
        assertThat(KeyFile.run("promote", file)).endsWith("*").startsWith(first.replace("*", "") + " ");
        String last = KeyFile.run("drop", file);
        assertThat(KeyFile.run("show", file)).isEqualTo(last).doesNotContain(" ");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThatThrownBy(() -> KeyFile.run("burn", file)).hasMessageContaining("promote");
    }
}
