package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.NewNote;
import dev.patchbay.effects.spi.CrmPort.OpportunityDetails;
import dev.patchbay.effects.spi.LookupResult;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HighLevelOpportunityTests {

    private final OutgoingHttp http = TestHttp.unchecked();
    private final HighLevelCrm crm = new HighLevelCrm(http);
    private ScriptedProvider provider;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        http.destroy();
    }

    private CallContext callContext() {
        return TestHttp.callContext(
                TestHttp.account(
                        "highlevel", provider.address(), "{\"locationId\":\"loc_1\"}", Map.of("access_token", "tok")),
                "{}");
    }

    @ParameterizedTest
    @CsvSource({
        "s1, open, 40, true",
        "  ,     ,   , true",
        "s2, open, 40, false",
        "s1, won,  40, false",
        "s1, open, 41, false"
    })
    void anOpportunityIsFoundWhereEachRequestedMemberAgrees(
            @Nullable String stage, @Nullable String status, @Nullable Double value, boolean found) {
        provider.then(200, """
                {"opportunities": [{"id": "o1", "name": "Roof", "pipelineStageId": "s1", "status": "open", "monetaryValue": 40},
                 {"id": "o2", "name": "Door", "pipelineStageId": "s1", "status": "open", "monetaryValue": 40}]}
                """);
        var lookup =
                crm.findOpportunity(callContext(), new OpportunityDetails("c1", "p1", stage, "Roof", status, value));
        if (found) {
            assertThat(lookup)
                    .isInstanceOfSatisfying(
                            LookupResult.Found.class,
                            it -> assertThat(it.toString()).contains("o1").doesNotContain("o2"));
        } else {
            assertThat(lookup).isInstanceOf(LookupResult.Absent.class);
        }
    }

    @Test
    void aNoteWithoutAReadableTimeCountsAsNew() {
        var note = new NewNote("c1", "Called");
        provider.then(200, "{\"notes\": [{\"id\": \"n1\", \"body\": \"Called\", \"dateAdded\": \"soon\"}]}");
        assertThat(crm.findNote(callContext(), note)).isInstanceOf(LookupResult.Found.class);
        provider.then(
                200, "{\"notes\": [{\"id\": \"n1\", \"body\": \"Called\", \"dateAdded\": \"2020-01-01T00:00:00Z\"}]}");
        assertThat(crm.findNote(callContext(), note)).isInstanceOf(LookupResult.Absent.class);
    }
}
