package dev.patchbay.sandbox.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Opportunities: a contact's place in a pipeline. */
class HighLevelOpportunityTests {

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static ObjectNode members(String pipeline, String contact) {
        return Json.object()
                .put("locationId", "loc-1")
                .put("pipelineId", pipeline)
                .put("name", "Drain of " + contact)
                .put("status", "open")
                .put("contactId", contact);
    }

    private HttpResponse<String> create(ObjectNode members) {
        return sandbox.highLevel("POST", "/opportunities/", members.toString());
    }

    private JsonNode created(String pipeline, String contact) {
        HttpResponse<String> response = create(members(pipeline, contact));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return SandboxFixture.json(response).path("opportunity");
    }

    private HttpResponse<String> asOtherLocation(String method, String path, String body) {
        return sandbox.send(
                method, "/highlevel" + path, body, "Authorization", "Bearer hl-other", "Version", "2021-07-28");
    }

    @Test
    void anOpportunityMovesAndKeepsWhatIsNotChanged() {
        JsonNode created = created("p1", "c1");
        String id = Json.text(created, "id");
        sandbox.clock.tick(Duration.ofMinutes(1));

        HttpResponse<String> response =
                sandbox.highLevel("PUT", "/opportunities/" + id, "{\"pipelineStageId\": \"s2\", \"status\": \"won\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode moved = SandboxFixture.json(response).path("opportunity");
        assertThat(Json.text(moved, "id")).isEqualTo(id);
        assertThat(Json.text(moved, "status")).isEqualTo("won");
        assertThat(Json.text(moved, "pipelineStageId")).isEqualTo("s2");
        assertThat(Json.text(moved, "name")).isEqualTo("Drain of c1");
        assertThat(Json.text(moved, "createdAt")).isEqualTo(Json.text(created, "createdAt"));
        assertThat(Instant.parse(Json.text(moved, "updatedAt")))
                .isAfter(Instant.parse(Json.text(created, "updatedAt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipelineId", "name", "status", "contactId"})
    void refusesAnOpportunityWithoutAMemberThatIsRequired(String member) {
        ObjectNode members = members("p1", "c1");
        members.remove(member);

        HttpResponse<String> refused = create(members);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Json.text(SandboxFixture.json(refused), "message")).contains(member);
        assertThat(search("")).isEmpty();
    }

    @Test
    void anOpportunityBelongsToTheLocationOfTheToken() {
        String id = Json.text(created("p1", "c1"), "id");

        assertThat(create(members("p1", "c1").put("locationId", "loc-2")).statusCode())
                .isEqualTo(403);
        assertThat(asOtherLocation("PUT", "/opportunities/" + id, "{\"status\": \"lost\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(asOtherLocation("GET", "/opportunities/search?location_id=loc-1", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(SandboxFixture.json(asOtherLocation("GET", "/opportunities/search?location_id=loc-2", ""))
                        .path("opportunities"))
                .isEmpty();
        assertThat(sandbox.highLevel("PUT", "/opportunities/none", "{\"status\": \"won\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(search("&status=open")).hasSize(1);
    }

    private List<String> search(String filters) {
        JsonNode found =
                SandboxFixture.json(sandbox.highLevel("GET", "/opportunities/search?location_id=loc-1" + filters, ""));
        List<String> names = found.path("opportunities")
                .valueStream()
                .map(one -> Json.text(one, "pipelineId") + " " + Json.text(one, "contactId"))
                .toList();
        assertThat(found.at("/meta/total").asInt()).isEqualTo(names.size());
        return names;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                               | p1 c1, p1 c2, p2 c1",
                "&contact_id=c1                   | p1 c1, p2 c1",
                "&pipeline_id=p1                  | p1 c1, p1 c2",
                "&pipeline_id=p1&contact_id=c1    | p1 c1",
                "&status=won                      | p2 c1",
                "&status=won&pipeline_id=p1       | ''"
            })
    void searchesByContactPipelineAndStatus(String filters, String expected) {
        created("p1", "c1");
        created("p1", "c2");
        String won = Json.text(created("p2", "c1"), "id");
        sandbox.highLevel("PUT", "/opportunities/" + won, "{\"status\": \"won\"}");

        assertThat(search(filters))
                .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(", ", -1));
    }
}
