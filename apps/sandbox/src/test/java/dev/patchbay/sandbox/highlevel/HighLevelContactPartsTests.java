package dev.patchbay.sandbox.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The tags, custom fields, do-not-disturb settings and notes of a contact. */
class HighLevelContactPartsTests {

    private SandboxFixture sandbox;
    private String id;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
        id = upsert("\"tags\": [\"lead\"]").path("id").asString();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private JsonNode upsert(String members) {
        return SandboxFixture.json(sandbox.highLevel(
                        "POST",
                        "/contacts/upsert",
                        "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\", " + members + "}"))
                .path("contact");
    }

    private JsonNode contact() {
        return SandboxFixture.json(sandbox.highLevel("GET", "/contacts/" + id, ""))
                .path("contact");
    }

    private List<String> tags() {
        return contact().path("tags").valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void addsAndRemovesTagsAndKeepsTheOthers() {
        HttpResponse<String> added =
                sandbox.highLevel("POST", "/contacts/" + id + "/tags", "{\"tags\": [\"vip\", \"lead\"]}");

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(SandboxFixture.json(added).path("tags").toString()).isEqualTo("[\"lead\",\"vip\"]");
        assertThat(tags()).containsExactly("lead", "vip");
        JsonNode left = SandboxFixture.json(
                sandbox.highLevel("DELETE", "/contacts/" + id + "/tags", "{\"tags\": [\"lead\", \"never\"]}"));
        assertThat(left.path("tags").toString()).isEqualTo("[\"vip\"]");
        assertThat(tags()).containsExactly("vip");
        assertThat(Json.text(contact(), "phone")).isEqualTo("+12025550123");
        assertThat(sandbox.highLevel("POST", "/contacts/none/tags", "{\"tags\": [\"vip\"]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void anUpsertReplacesTheTags() {
        upsert("\"tags\": [\"vip\"]");
        assertThat(tags()).containsExactly("vip");

        upsert("\"firstName\": \"Jane\"");
        assertThat(tags()).containsExactly("vip");
    }

    @Test
    void aCustomFieldChangesAloneAndIsNamedByItsIdOrKey() {
        String work = defineField("Kind of work");
        String colour = defineField("Colour");
        upsert(
                "\"customFields\": [{\"id\": \"" + work + "\", \"field_value\": \"drain\"},"
                        + " {\"key\": \"colour\", \"field_value\": \"red\"}, {\"key\": \"size\", \"field_value\": \"ignored\"}]");
        sandbox.highLevel(
                "PUT",
                "/contacts/" + id,
                "{\"customFields\": [{\"key\": \"contact.kind_of_work\", \"value\": [\"roof\", \"wall\"]}]}");

        assertThat(contact().path("customFields").toString())
                .isEqualTo("[{\"id\":\"" + work + "\",\"value\":[\"roof\",\"wall\"]},{\"id\":\"" + colour
                        + "\",\"value\":\"red\"}]");
    }

    private String defineField(String name) {
        return Json.text(
                SandboxFixture.json(sandbox.highLevel(
                                "POST",
                                "/locations/loc-1/customFields",
                                "{\"name\": \"" + name + "\", \"dataType\": \"TEXT\", \"model\": \"contact\"}"))
                        .path("customField"),
                "id");
    }

    @Test
    void customFieldsAreListedByModel() {
        defineField("Colour");

        assertThat(SandboxFixture.json(sandbox.highLevel("GET", "/locations/loc-1/customFields?model=contact", ""))
                        .at("/customFields/0/fieldKey")
                        .asString())
                .isEqualTo("contact.colour");
        assertThat(SandboxFixture.json(sandbox.highLevel("GET", "/locations/loc-1/customFields?model=opportunity", ""))
                        .path("customFields"))
                .isEmpty();
        assertThat(sandbox.highLevel("POST", "/locations/loc-1/customFields", "{\"name\": \"x\"}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void aDoNotDisturbSettingLeavesTheOtherChannels() {
        upsert("\"dndSettings\": {\"SMS\": {\"status\": \"active\"}}");
        upsert("\"dndSettings\": {\"Email\": {\"status\": \"permanent\"}}");
        upsert("\"dndSettings\": {\"SMS\": {\"status\": \"inactive\"}}");

        assertThat(contact().path("dndSettings").toString())
                .isEqualTo("{\"SMS\":{\"status\":\"inactive\"},\"Email\":{\"status\":\"permanent\"}}");
    }

    @Test
    void notesBelongToTheirContact() {
        String other = SandboxFixture.json(sandbox.highLevel(
                        "POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550199\"}"))
                .at("/contact/id")
                .asString();

        HttpResponse<String> response =
                sandbox.highLevel("POST", "/contacts/" + id + "/notes", "{\"body\": \"Called about a drain\"}");

        assertThat(response.statusCode()).isEqualTo(201);
        JsonNode note = SandboxFixture.json(response).path("note");
        assertThat(Json.text(note, "body")).isEqualTo("Called about a drain");
        assertThat(Json.text(note, "contactId")).isEqualTo(id);
        assertThat(notes(id)).containsExactly(note);
        assertThat(notes(other)).isEmpty();
    }

    private JsonNode notes(String contactId) {
        HttpResponse<String> response = sandbox.highLevel("GET", "/contacts/" + contactId + "/notes", "");
        assertThat(response.statusCode()).isEqualTo(200);
        return SandboxFixture.json(response).path("notes");
    }

    @Test
    void aNoteNeedsTextAndAContact() {
        assertThat(sandbox.highLevel("POST", "/contacts/" + id + "/notes", "{\"body\": \"\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(sandbox.highLevel("POST", "/contacts/none/notes", "{\"body\": \"Hello\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(sandbox.highLevel("GET", "/contacts/none/notes", "").statusCode())
                .isEqualTo(400);
        assertThat(notes(id)).isEmpty();
    }
}
