package dev.patchbay.flows.web;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.flows.definition.FlowQueries;
import dev.patchbay.flows.definition.Flows;
import dev.patchbay.flows.run.Runs;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.ingress.Events;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class FlowControllerTests {

    @Autowired
    private Flows flows;

    @Autowired
    private Runs runs;

    @Autowired
    private FlowQueries queries;

    @Autowired
    private Events events;

    @Autowired
    private Clock clock;

    @Test
    void startingAFlowByHandIsForbiddenInProd() {
        var prod = new Settings(
                Environment.PROD, URI.create("https://patchbay.example"), Path.of("target"), Set.of("api"));
        var caller = new Caller(TenantScope.of(new TenantId("tnt_demo")), "tok_test", any -> Optional.empty());
        var controller = new FlowController(flows, queries, runs, events, prod, clock);

        assertThatThrownBy(() -> controller.startRun(
                        caller, "flw_any", new FlowController.StartRunRequest("cli_northside", null, null)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("by events");
    }
}
