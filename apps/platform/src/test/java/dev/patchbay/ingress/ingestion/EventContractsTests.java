package dev.patchbay.ingress.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EventContractsTests {

    @Test
    void dataThatViolatesItsSchemaIsRejectedWithThePath() throws IOException {
        var data = Json.object();
        data.putObject("call").put("id", "call_1").put("agentId", "agent_1").put("startedAt", "yesterday");
        var contracts = new EventContracts();

        var problem = catchThrowableOfType(Problem.class, () -> contracts.validate("voice.call.started", data));

        assertThat(problem.type()).isEqualTo(ProblemType.SCHEMA_VIOLATION);
        assertThat(problem.detail()).contains("/data/call/startedAt");
        assertThat(problem.problems()).hasSize(1);
    }

    @Test
    void dataOfATypeWithoutASchemaIsAccepted() throws IOException {
        assertThat(new EventContracts().validate("provider.retell.new", Json.object()))
                .isEmpty();
    }
}
