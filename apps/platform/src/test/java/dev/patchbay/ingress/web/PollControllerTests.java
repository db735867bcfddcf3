package dev.patchbay.ingress.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class PollControllerTests {

    @Autowired
    private ServiceTokens tokens;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/ingress/reconciliation",
                "/api/v1/ingress/reconciliation/differences",
                "/api/v1/ingress/rejections",
                "/api/v1/ingress/unattributed"
            })
    void aTokenOfOneClientReachesNoConnectionOfTheAgency(String path) {
        var newToken = new NewToken(
                "of one client",
                Set.of(Permission.of("*:ingress")),
                Optional.of(new ClientId("cli_harbor")),
                Optional.empty());
        String token =
                tokens.issue(new TenantId("tnt_demo"), "system", newToken).secret();

        var refused = TestEnvironment.get(path, token);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("detail").asString()).contains("for the whole agency");

        var backlog = TestEnvironment.get("/api/v1/ingress/backlog", token);
        assertThat(backlog.status()).isEqualTo(200);
        assertThat(backlog.body().path("items"))
                .allSatisfy(waiting ->
                        assertThat(waiting.path("clientId").asString()).isEqualTo("cli_harbor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"read:ingress", "*:*"})
    void rejectionsAtUnknownAddressesAreForOperatorsOfThePlatform(String permission) {
        String token = tokens.issue(new TenantId("tnt_demo"), "agency", Set.of(permission));

        var refused = TestEnvironment.get("/api/v1/ingress/rejections?unaddressed=true", token);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("detail").asString()).contains("operate:platform");
    }
}
