package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class ServiceTokenTests {

    private static final TenantId ACME = new TenantId("tnt_identity");
    private static final TenantId OTHER = new TenantId("tnt_identity_other");

    @Autowired
    private Tenants tenants;

    @Autowired
    private Clients clients;

    @Autowired
    private ServiceTokens tokens;

    @Test
    void tokenAuthenticatesItsTenantWithItsPermissions() {
        tenants.save(ACME, "Acme");
        String clear = tokens.issue(ACME, "ci", Set.of("read:flows"));
        assertThat(clear).startsWith("pbt_").hasSize(47);
        assertThat(tokens.authenticate(clear)).hasValueSatisfying(caller -> {
            assertThat(caller.tenant()).isEqualTo(ACME);
            assertThat(caller.subject()).startsWith("tok_");
            assertThat(caller.grant().orElseThrow().permissions()).containsExactly(Permission.of("read:flows"));
        });
        assertThat(tokens.authenticate(clear + "x")).isEmpty();
    }

    @Test
    void issuingAFixedTokenAgainChangesItsPermissionsOnly() {
        tenants.save(ACME, "Acme");
        tokens.issueFixed(ACME, "dev", Set.of("read:flows"), "pbt_given");
        String subject = tokens.authenticate("pbt_given").orElseThrow().subject();
        tokens.issueFixed(ACME, "dev", Set.of("run:flows"), "pbt_given");
        var again = tokens.authenticate("pbt_given").orElseThrow();
        assertThat(again.subject()).isEqualTo(subject);
        assertThat(again.grant().orElseThrow().permissions()).containsExactly(Permission.of("run:flows"));
    }

    @Test
    void callerMayDoOnlyWhatItHolds() {
        var whole = TenantScope.of(ACME);
        var caller = new Caller(
                whole,
                "tok_1",
                permission -> Optional.of(whole).filter(any -> permission.equals(Permission.of("read:flows"))));
        assertThat(caller.require("read:flows")).isEqualTo(whole);
        assertThatThrownBy(() -> caller.require("write:flows"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("write:flows");
    }

    @Test
    void aTokenIsRevokedOnceAndWithinItsScopeOnly() {
        tenants.save(ACME, "Acme");
        var issued = tokens.issue(ACME, "system", NewToken.of("short", Set.of("read:flows")));
        var id = issued.token().id();

        assertThat(tokens.revoke(
                        PeopleFixture.adminIdentity(ACME), TenantScope.of(ACME, new ClientId("cli_another")), id))
                .isFalse();
        assertThat(tokens.authenticate(issued.secret())).isPresent();
        assertThat(tokens.revoke(PeopleFixture.adminIdentity(ACME), TenantScope.of(ACME), id))
                .isTrue();
        assertThat(tokens.revoke(PeopleFixture.adminIdentity(ACME), TenantScope.of(ACME), id))
                .isFalse();
        assertThat(tokens.authenticate(issued.secret())).isEmpty();
    }

    @Test
    void aClientIsFoundWithinItsScopeOnly() {
        tenants.save(ACME, "Acme");
        tenants.save(OTHER, "Other");
        var zone = ZoneId.of("Europe/Berlin");
        var client =
                clients.create(ACME, "usr_test", "Harbor", zone, Json.object().put("greeting", "hi"));
        assertThat(client.id().value()).startsWith("cli_");
        assertThat(clients.find(TenantScope.of(ACME), client.id())).contains(client);
        assertThat(clients.find(TenantScope.of(ACME, client.id()), client.id())).contains(client);
        assertThat(clients.find(TenantScope.of(ACME, new ClientId("cli_another")), client.id()))
                .isEmpty();
        assertThat(clients.find(TenantScope.of(OTHER), client.id())).isEmpty();
    }

    @Test
    void puttingAClientAgainChangesIt() {
        tenants.save(ACME, "Acme");
        var id = new ClientId("cli_put");
        clients.put(ACME, new Client(id, "Before", ZoneId.of("UTC"), Json.object()));
        clients.put(ACME, new Client(id, "After", ZoneId.of("Asia/Tokyo"), Json.object()));
        assertThat(clients.find(TenantScope.of(ACME), id))
                .contains(new Client(id, "After", ZoneId.of("Asia/Tokyo"), Json.object()));
    }
}
