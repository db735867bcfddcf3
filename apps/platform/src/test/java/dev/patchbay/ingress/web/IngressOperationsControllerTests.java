package dev.patchbay.ingress.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.Caller;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class IngressOperationsControllerTests {

    @Autowired
    private IngressOperationsController operations;

    @Test
    void aTokenOfOneClientReachesNoConnectionOfTheAgency() {
        var scope = TenantScope.of(new TenantId("tnt_demo"), new ClientId("cli_harbor"));
        var caller = new Caller(scope, "tok_client", Set.of("ingress:read", "ingress:operate", "platform:operate"));

        assertThatThrownBy(() -> operations.rejections(caller, 10, false)).satisfies(this::isForbidden);
        assertThatThrownBy(() -> operations.rejections(caller, 10, true)).satisfies(this::isForbidden);
        assertThatThrownBy(() -> operations.unattributed(caller, 10)).satisfies(this::isForbidden);
        assertThat(operations.backlog(caller).items())
                .allSatisfy(waiting -> assertThat(waiting.clientId()).contains("cli_harbor"));
    }

    @Test
    void whatIsNobodysIsThePlatformsOperatorsToSee() {
        var caller = new Caller(
                TenantScope.of(new TenantId("tnt_demo")), "tok_agency", Set.of("ingress:read", "ingress:operate"));

        assertThatThrownBy(() -> operations.rejections(caller, 10, true)).satisfies(this::isForbidden);
    }

    private void isForbidden(Throwable refused) {
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(ProblemType.FORBIDDEN));
    }
}
