package dev.patchbay.sandbox.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Which contacts are duplicates of each other, by the location's settings. */
class HighLevelDuplicateTests {

    private static final String PHONE = "\"phone\": \"+12025550123\"";
    private static final String EMAIL = "\"email\": \"jane@doe.test\"";

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private void setLocation(String settings) {
        sandbox.control("PUT", "/accounts", """
                {"highlevel": {"clientId": "hl-client", "clientSecret": "hl-secret",
                  "locations": [{"id": "loc-1", "accessToken": "hl-access", %s}]}}""".formatted(settings));
    }

    private HttpResponse<String> create(String members) {
        return sandbox.highLevel("POST", "/contacts/", "{\"locationId\": \"loc-1\", " + members + "}");
    }

    private String createdId(String members) {
        HttpResponse<String> response = create(members);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return SandboxFixture.json(response).at("/contact/id").asString();
    }

    private JsonNode upsert(String members) {
        return SandboxFixture.json(
                sandbox.highLevel("POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", " + members + "}"));
    }

    private JsonNode contact(String id) {
        return SandboxFixture.json(sandbox.highLevel("GET", "/contacts/" + id, ""))
                .path("contact");
    }

    private int contacts() {
        return sandbox.state().at("/highlevel/contacts").size();
    }

    @Test
    void createsAContact() {
        JsonNode created = SandboxFixture.json(create("\"firstName\": \"Jane\", " + PHONE));

        String id = created.at("/contact/id").asString();
        assertThat(Json.text(created, "traceId")).isNotEmpty();
        assertThat(contact(id)).isEqualTo(created.path("contact"));
        assertThat(Json.text(contact(id), "locationId")).isEqualTo("loc-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {PHONE, EMAIL, "\"email\": \"JANE@DOE.TEST\""})
    void createRefusesADuplicateAndNamesTheContact(String same) {
        String id = createdId(PHONE + ", " + EMAIL);

        HttpResponse<String> refused = create(same + ", \"firstName\": \"Other\"");

        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode error = SandboxFixture.json(refused);
        assertThat(Json.text(error, "message")).isEqualTo("This location does not allow duplicated contacts.");
        assertThat(error.at("/meta/contactId").asString()).isEqualTo(id);
        assertThat(contacts()).isEqualTo(1);
    }

    @Test
    void aLocationMayAllowDuplicates() {
        setLocation("\"allowDuplicates\": true");

        assertThat(createdId(PHONE)).isNotEqualTo(createdId(PHONE));
        assertThat(contacts()).isEqualTo(2);
    }

    @Test
    void aContactOfAnotherLocationIsNoDuplicate() {
        createdId(PHONE);

        HttpResponse<String> other = sandbox.send(
                "POST",
                "/highlevel/contacts/",
                "{\"locationId\": \"loc-2\", " + PHONE + "}",
                "Authorization",
                "Bearer hl-other",
                "Version",
                "2021-07-28");

        assertThat(other.statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jane", "jane@", "jane@doe", "jane doe@doe.test", "jane@.test"})
    void refusesWhatIsNoEmail(String email) {
        String members = PHONE + ", \"email\": \"" + email + "\"";
        String id = createdId(PHONE);

        assertThat(create(members).statusCode()).isEqualTo(422);
        assertThat(upsert(members).path("statusCode").asInt()).isEqualTo(422);
        assertThat(sandbox.highLevel("PUT", "/contacts/" + id, "{\"email\": \"" + email + "\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(Json.text(contact(id), "email")).isEmpty();
    }

    @Test
    void createNeedsAPhoneOrAnEmailInTheLocationOfTheToken() {
        assertThat(create("\"firstName\": \"Jane\"").statusCode()).isEqualTo(422);
        assertThat(sandbox.highLevel("POST", "/contacts/", "{\"locationId\": \"loc-2\", " + PHONE + "}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(contacts()).isZero();
    }

    @Test
    void thePhoneDecidesWhenTwoContactsMatch() {
        String hasPhone = createdId(PHONE);
        String hasEmail = createdId(EMAIL);

        JsonNode matched = upsert(PHONE + ", " + EMAIL + ", \"firstName\": \"Jane\"");

        assertThat(matched.at("/contact/id").asString()).isEqualTo(hasPhone);
        assertThat(matched.path("new").asBoolean()).isFalse();
        assertThat(Json.text(contact(hasPhone), "firstName")).isEqualTo("Jane");
        // The other contact keeps its address to itself.
        assertThat(Json.text(contact(hasPhone), "email")).isEmpty();
        assertThat(Json.text(contact(hasEmail), "email")).isEqualTo("jane@doe.test");
    }

    @Test
    void theEmailDecidesInALocationThatMatchesItFirst() {
        setLocation("\"matchFirst\": \"email\"");
        String hasPhone = createdId(PHONE);
        String hasEmail = createdId(EMAIL);

        assertThat(upsert(PHONE + ", " + EMAIL).at("/contact/id").asString()).isEqualTo(hasEmail);
        assertThat(Json.text(contact(hasEmail), "phone")).isEmpty();
        assertThat(upsert(PHONE + ", \"email\": \"new@doe.test\"")
                        .at("/contact/id")
                        .asString())
                .isEqualTo(hasPhone);
        assertThat(Json.text(contact(hasPhone), "email")).isEqualTo("new@doe.test");
    }

    @Test
    void secondNumbersAndAddressesMatchToo() {
        String id = createdId(PHONE + ", \"additionalPhones\": [{\"phone\": \"+12025550177\"}],"
                + " \"additionalEmails\": [{\"email\": \"work@doe.test\"}]");

        assertThat(upsert("\"phone\": \"+12025550177\"").at("/contact/id").asString())
                .isEqualTo(id);
        assertThat(upsert("\"email\": \"Work@doe.test\"").at("/contact/id").asString())
                .isEqualTo(id);
        assertThat(upsert("\"phone\": \"+12025550178\"").path("new").asBoolean())
                .isTrue();
    }
}
