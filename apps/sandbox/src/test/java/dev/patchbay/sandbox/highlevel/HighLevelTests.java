package dev.patchbay.sandbox.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Contacts, appointments, tokens and rate limits. */
class HighLevelTests {

    private static final String JANE = """
            {"locationId": "loc-1", "firstName": "Jane", "lastName": "Doe", "phone": "+12025550123", "email": "Jane@doe.test"}""";

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private JsonNode upsert(String body) {
        return SandboxFixture.json(sandbox.highLevel("POST", "/contacts/upsert", body));
    }

    @Test
    void upsertMatchesContactsByPhoneOrEmail() {
        JsonNode first = upsert(JANE);
        JsonNode byPhone = upsert("{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\", \"tags\": [\"vip\"]}");
        JsonNode byEmail = upsert("{\"locationId\": \"loc-1\", \"email\": \"JANE@doe.test\", \"lastName\": \"Roe\"}");

        assertThat(first.path("new").asBoolean()).isTrue();
        assertThat(byPhone.path("new").asBoolean()).isFalse();
        assertThat(byEmail.path("contact").path("id"))
                .isEqualTo(first.path("contact").path("id"));
        assertThat(Json.text(byEmail.path("contact"), "fullNameLowerCase")).isEqualTo("jane roe");
        assertThat(byEmail.path("contact").path("tags").toString()).isEqualTo("[\"vip\"]");
        assertThat(sandbox.state().path("highlevel").path("contacts").size()).isEqualTo(1);
    }

    @Test
    void getsListsAndSearchesContacts() {
        String id = Json.text(upsert(JANE).path("contact"), "id");
        upsert("{\"locationId\": \"loc-1\", \"phone\": \"+12025550199\"}");

        JsonNode response = SandboxFixture.json(sandbox.highLevel("GET", "/contacts/" + id, ""));
        assertThat(Json.text(response.path("contact"), "firstName")).isEqualTo("Jane");
        JsonNode listed = SandboxFixture.json(sandbox.highLevel("GET", "/contacts/?locationId=loc-1&query=jane", ""));
        assertThat(listed.path("meta").path("total").asInt()).isEqualTo(1);
        assertThat(search("eq", "phone", "+12025550123").path("total").asInt()).isEqualTo(1);
        assertThat(search("contains", "email", "doe").path("contacts").size()).isEqualTo(1);
        assertThat(search("range", "phone", "1").path("statusCode").asInt()).isEqualTo(400);
    }

    private JsonNode search(String operator, String field, String value) {
        String body = """
                {"locationId": "loc-1", "page": 1, "pageLimit": 20,
                 "filters": [{"field": "%s", "operator": "%s", "value": "%s"}]}""".formatted(field, operator, value);
        return SandboxFixture.json(sandbox.highLevel("POST", "/contacts/search", body));
    }

    @Test
    void updatesAContact() {
        String id = Json.text(upsert(JANE).path("contact"), "id");

        JsonNode changed =
                SandboxFixture.json(sandbox.highLevel("PUT", "/contacts/" + id, "{\"firstName\": \"Janet\"}"));

        assertThat(changed.path("succeded").asBoolean()).isTrue();
        assertThat(Json.text(changed.path("contact"), "name")).isEqualTo("Janet Doe");
    }

    @Test
    void booksAndGetsAppointments() {
        JsonNode booked = SandboxFixture.json(sandbox.highLevel("POST", "/calendars/events/appointments", """
                {"locationId": "loc-1", "calendarId": "cal-1", "contactId": "c-1", "startTime": "2026-12-01T10:00:00-05:00"}"""));
        String id = Json.text(booked, "id");

        JsonNode response = SandboxFixture.json(sandbox.highLevel("GET", "/calendars/events/appointments/" + id, ""));
        assertThat(response.path("event")).isEqualTo(booked);
        assertThat(sandbox.state().path("highlevel").path("appointments").path(0))
                .isEqualTo(booked);
        assertThat(sandbox.highLevel("POST", "/calendars/events/appointments", "{\"locationId\": \"loc-1\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(sandbox.highLevel("GET", "/calendars/events/appointments/none", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(withOtherToken("GET", "/calendars/events/appointments/" + id, "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aTokenIsValidForItsLocationOnly() {
        String id = Json.text(upsert(JANE).path("contact"), "id");

        assertThat(withOtherToken("POST", "/contacts/upsert", JANE).statusCode())
                .isEqualTo(403);
        assertThat(withOtherToken("GET", "/contacts/" + id, "").statusCode()).isEqualTo(400);
        assertThat(withOtherToken("GET", "/contacts/?locationId=loc-1", "").statusCode())
                .isEqualTo(403);
        assertThat(SandboxFixture.json(withOtherToken("GET", "/contacts/?locationId=loc-2", ""))
                        .path("contacts")
                        .size())
                .isZero();
    }

    private HttpResponse<String> withOtherToken(String method, String path, String body) {
        return sandbox.send(method, "/highlevel" + path, body, "Authorization", "Bearer hl-other", "Version", "v3");
    }

    @Test
    void rejectsInvalidRequestsAsHighLevelDoes() {
        assertThat(upsert("{\"locationId\": \"loc-1\"}").path("statusCode").asInt())
                .isEqualTo(422);
        assertThat(sandbox.send("GET", "/highlevel/contacts/x", "", "Authorization", "Bearer hl-access")
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> stranger = sandbox.send("GET", "/highlevel/contacts/x", "", "Version", "2021-07-28");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(Json.text(SandboxFixture.json(stranger), "message")).isEqualTo("Invalid JWT");
        assertThat(sandbox.highLevel("GET", "/contacts/?locationId=loc-1&limit=many", "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void logsTheApiVersionOfARequest() {
        upsert(JANE);

        JsonNode logged = sandbox.control("GET", "/log?provider=highlevel", "")
                .path("requests")
                .path(0);
        assertThat(Json.text(logged, "version")).isEqualTo("2021-07-28");
        assertThat(Json.text(logged, "operation")).isEqualTo("contacts.upsert");
        assertThat(logged.path("status").asInt()).isEqualTo(200);
    }

    @Test
    void allowsAHundredRequestsInTenSeconds() {
        for (int i = 0; i < 99; i++) {
            assertThat(sandbox.highLevel("GET", "/contacts/?locationId=loc-1", "")
                            .statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<String> last = sandbox.highLevel("GET", "/contacts/?locationId=loc-1", "");
        assertThat(last.headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
        HttpResponse<String> tooMany = sandbox.highLevel("GET", "/contacts/?locationId=loc-1", "");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValue("X-RateLimit-Max")).hasValue("100");
        assertThat(tooMany.headers().firstValue("Retry-After")).isPresent();

        sandbox.clock.tick(Duration.ofSeconds(10));
        assertThat(sandbox.highLevel("GET", "/contacts/?locationId=loc-1", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void enforcesTheDailyLimit() {
        sandbox.send("PUT", "/_sandbox/accounts", """
                {"highlevel": {"clientId": "hl-client", "clientSecret": "hl-secret",
                  "locations": [{"id": "loc-1", "rateLimit": 1000, "rateLimitDay": 2}]}}""");
        HttpResponse<String> first = sandbox.highLevel("GET", "/contacts/?locationId=loc-1", "");
        assertThat(first.headers().firstValue("X-RateLimit-Daily-Remaining")).hasValue("1");
        sandbox.highLevel("GET", "/contacts/?locationId=loc-1", "");

        HttpResponse<String> tooMany = sandbox.highLevel("GET", "/contacts/?locationId=loc-1", "");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(tooMany.headers().firstValue("Retry-After").orElse("0")))
                .isPositive();
        assertThat(sandbox.state().at("/highlevel/refusals").asInt()).isEqualTo(1);

        sandbox.clock.tick(Duration.ofDays(1));
        assertThat(sandbox.highLevel("GET", "/contacts/?locationId=loc-1", "").statusCode())
                .isIn(200, 401);
    }

    @Test
    void aRefreshTokenIsSingleUse() {
        HttpResponse<String> first = token("refresh_token", "refresh_token=hl-refresh");
        String next = Json.text(SandboxFixture.json(first), "refresh_token");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(token("refresh_token", "refresh_token=hl-refresh").statusCode())
                .isEqualTo(400);
        sandbox.putAccounts();
        assertThat(token("refresh_token", "refresh_token=hl-refresh").statusCode())
                .isEqualTo(400);
        assertThat(token("refresh_token", "refresh_token=" + next).statusCode()).isEqualTo(200);
    }

    @Test
    void anAccessTokenExpiresAfterADay() {
        String access = Json.text(SandboxFixture.json(token("authorization_code", "code=hl-code")), "access_token");
        String[] headers = {"Authorization", "Bearer " + access, "Version", "v3"};
        assertThat(sandbox.send("GET", "/highlevel/contacts/?locationId=loc-1", "", headers)
                        .statusCode())
                .isEqualTo(200);

        sandbox.clock.tick(Duration.ofHours(24));
        assertThat(sandbox.send("GET", "/highlevel/contacts/?locationId=loc-1", "", headers)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void theTokenEndpointAcceptsJsonAndRejectsWrongSecrets() {
        String json = """
                {"client_id": "hl-client", "client_secret": "%s", "grant_type": "refresh_token", "refresh_token": "hl-refresh"}""";
        String[] type = {"Content-Type", "application/json"};
        assertThat(sandbox.send("POST", "/highlevel/oauth/token", json.formatted("wrong"), type)
                        .statusCode())
                .isEqualTo(401);
        assertThat(sandbox.send("POST", "/highlevel/oauth/token", json.formatted("hl-secret"), type)
                        .statusCode())
                .isEqualTo(200);
        assertThat(Json.text(SandboxFixture.json(token("password", "code=hl-code")), "error"))
                .isEqualTo("unsupported_grant_type");
    }

    private HttpResponse<String> token(String grantType, String fields) {
        return sandbox.send(
                "POST",
                "/highlevel/oauth/token",
                "client_id=hl-client&client_secret=hl-secret&grant_type=" + grantType + "&" + fields,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }
}
