package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HighLevelTests {

    private static final String JANE = """
            {"locationId": "loc-1", "firstName": "Jane", "lastName": "Doe", "phone": "+12025550123", "email": "Jane@doe.test"}""";

    private Scene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = Scene.open(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private JsonNode upsert(String body) {
        return Scene.json(scene.highLevel("POST", "/contacts/upsert", body));
    }

    @Test
    void upsertsOneContactAPhoneOrEmail() {
        JsonNode first = upsert(JANE);
        JsonNode byPhone = upsert("{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\", \"tags\": [\"vip\"]}");
        JsonNode byEmail = upsert("{\"locationId\": \"loc-1\", \"email\": \"JANE@doe.test\", \"lastName\": \"Roe\"}");

        assertThat(first.path("new").asBoolean()).isTrue();
        assertThat(byPhone.path("new").asBoolean()).isFalse();
        assertThat(byEmail.path("contact").path("id"))
                .isEqualTo(first.path("contact").path("id"));
        assertThat(Json.text(byEmail.path("contact"), "fullNameLowerCase")).isEqualTo("jane roe");
        assertThat(byEmail.path("contact").path("tags").toString()).isEqualTo("[\"vip\"]");
        assertThat(scene.state().path("highlevel").path("contacts").size()).isEqualTo(1);
    }

    @Test
    void findsContacts() {
        String id = Json.text(upsert(JANE).path("contact"), "id");
        upsert("{\"locationId\": \"loc-1\", \"phone\": \"+12025550199\"}");

        JsonNode got = Scene.json(scene.highLevel("GET", "/contacts/" + id, ""));
        assertThat(Json.text(got.path("contact"), "firstName")).isEqualTo("Jane");
        JsonNode listed = Scene.json(scene.highLevel("GET", "/contacts/?locationId=loc-1&query=jane", ""));
        assertThat(listed.path("meta").path("total").asInt()).isEqualTo(1);
        assertThat(search("eq", "phone", "+12025550123").path("total").asInt()).isEqualTo(1);
        assertThat(search("contains", "email", "doe").path("contacts").size()).isEqualTo(1);
        assertThat(search("range", "phone", "1").path("statusCode").asInt()).isEqualTo(400);
    }

    private JsonNode search(String operator, String field, String value) {
        String body = """
                {"locationId": "loc-1", "page": 1, "pageLimit": 20,
                 "filters": [{"field": "%s", "operator": "%s", "value": "%s"}]}""".formatted(field, operator, value);
        return Scene.json(scene.highLevel("POST", "/contacts/search", body));
    }

    @Test
    void changesAContact() {
        String id = Json.text(upsert(JANE).path("contact"), "id");

        JsonNode changed = Scene.json(scene.highLevel("PUT", "/contacts/" + id, "{\"firstName\": \"Janet\"}"));

        assertThat(changed.path("succeded").asBoolean()).isTrue();
        assertThat(Json.text(changed.path("contact"), "name")).isEqualTo("Janet Doe");
    }

    @Test
    void booksAppointments() {
        JsonNode booked = Scene.json(scene.highLevel("POST", "/calendars/events/appointments", """
                {"locationId": "loc-1", "calendarId": "cal-1", "contactId": "c-1", "startTime": "2026-12-01T10:00:00-05:00"}"""));
        String id = Json.text(booked, "id");

        JsonNode got = Scene.json(scene.highLevel("GET", "/calendars/events/appointments/" + id, ""));
        assertThat(got.path("event")).isEqualTo(booked);
        assertThat(scene.state().path("highlevel").path("appointments").path(0)).isEqualTo(booked);
        assertThat(scene.highLevel("POST", "/calendars/events/appointments", "{\"locationId\": \"loc-1\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(scene.highLevel("GET", "/calendars/events/appointments/none", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(other("GET", "/calendars/events/appointments/" + id, "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aTokenSpeaksForItsLocationOnly() {
        String id = Json.text(upsert(JANE).path("contact"), "id");

        assertThat(other("POST", "/contacts/upsert", JANE).statusCode()).isEqualTo(403);
        assertThat(other("GET", "/contacts/" + id, "").statusCode()).isEqualTo(400);
        assertThat(other("GET", "/contacts/?locationId=loc-1", "").statusCode()).isEqualTo(403);
        assertThat(Scene.json(other("GET", "/contacts/?locationId=loc-2", ""))
                        .path("contacts")
                        .size())
                .isZero();
    }

    private HttpResponse<String> other(String method, String path, String body) {
        return scene.send(method, "/highlevel" + path, body, "Authorization", "Bearer hl-other", "Version", "v3");
    }

    @Test
    void refusesWhatTheVendorRefuses() {
        assertThat(upsert("{\"locationId\": \"loc-1\"}").path("statusCode").asInt())
                .isEqualTo(422);
        assertThat(scene.send("GET", "/highlevel/contacts/x", "", "Authorization", "Bearer hl-access")
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> stranger = scene.send("GET", "/highlevel/contacts/x", "", "Version", "2021-07-28");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(Json.text(Scene.json(stranger), "message")).isEqualTo("Invalid JWT");
        assertThat(scene.highLevel("GET", "/contacts/?locationId=loc-1&limit=many", "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void writesDownWhichVersionWasSpoken() {
        upsert(JANE);

        JsonNode logged = scene.control("GET", "/log?provider=highlevel", "")
                .path("requests")
                .path(0);
        assertThat(Json.text(logged, "version")).isEqualTo("2021-07-28");
        assertThat(Json.text(logged, "operation")).isEqualTo("contacts.upsert");
        assertThat(logged.path("status").asInt()).isEqualTo(200);
    }

    @Test
    void allowsAHundredRequestsInTenSeconds() {
        for (int i = 0; i < 99; i++) {
            assertThat(scene.highLevel("GET", "/contacts/?locationId=loc-1", "").statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<String> last = scene.highLevel("GET", "/contacts/?locationId=loc-1", "");
        assertThat(last.headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
        HttpResponse<String> tooMany = scene.highLevel("GET", "/contacts/?locationId=loc-1", "");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValue("X-RateLimit-Max")).hasValue("100");
        assertThat(tooMany.headers().firstValue("Retry-After")).isPresent();

        scene.clock.tick(Duration.ofSeconds(10));
        assertThat(scene.highLevel("GET", "/contacts/?locationId=loc-1", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void allowsNoMoreADayThanItSays() {
        scene.send("PUT", "/_sandbox/accounts", """
                {"highlevel": {"clientId": "hl-client", "clientSecret": "hl-secret",
                  "locations": [{"id": "loc-1", "rateLimit": 1000, "rateLimitDay": 2}]}}""");
        HttpResponse<String> first = scene.highLevel("GET", "/contacts/?locationId=loc-1", "");
        assertThat(first.headers().firstValue("X-RateLimit-Daily-Remaining")).hasValue("1");
        scene.highLevel("GET", "/contacts/?locationId=loc-1", "");

        HttpResponse<String> tooMany = scene.highLevel("GET", "/contacts/?locationId=loc-1", "");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(tooMany.headers().firstValue("Retry-After").orElse("0")))
                .isPositive();
        assertThat(scene.state().at("/highlevel/refusals").asInt()).isEqualTo(1);

        scene.clock.tick(Duration.ofDays(1));
        assertThat(scene.highLevel("GET", "/contacts/?locationId=loc-1", "").statusCode())
                .isIn(200, 401);
    }

    @Test
    void aRefreshTokenIsGoodOnce() {
        HttpResponse<String> first = token("refresh_token", "refresh_token=hl-refresh");
        String next = Json.text(Scene.json(first), "refresh_token");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(token("refresh_token", "refresh_token=hl-refresh").statusCode())
                .isEqualTo(400);
        scene.putAccounts();
        assertThat(token("refresh_token", "refresh_token=hl-refresh").statusCode())
                .isEqualTo(400);
        assertThat(token("refresh_token", "refresh_token=" + next).statusCode()).isEqualTo(200);
    }

    @Test
    void anAccessTokenLivesADay() {
        String access = Json.text(Scene.json(token("authorization_code", "code=hl-code")), "access_token");
        String[] headers = {"Authorization", "Bearer " + access, "Version", "v3"};
        assertThat(scene.send("GET", "/highlevel/contacts/?locationId=loc-1", "", headers)
                        .statusCode())
                .isEqualTo(200);

        scene.clock.tick(Duration.ofHours(24));
        assertThat(scene.send("GET", "/highlevel/contacts/?locationId=loc-1", "", headers)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void takesTokenRequestsAsJsonAndKnowsItsApps() {
        String json = """
                {"client_id": "hl-client", "client_secret": "%s", "grant_type": "refresh_token", "refresh_token": "hl-refresh"}""";
        String[] type = {"Content-Type", "application/json"};
        assertThat(scene.send("POST", "/highlevel/oauth/token", json.formatted("wrong"), type)
                        .statusCode())
                .isEqualTo(401);
        assertThat(scene.send("POST", "/highlevel/oauth/token", json.formatted("hl-secret"), type)
                        .statusCode())
                .isEqualTo(200);
        assertThat(Json.text(Scene.json(token("password", "code=hl-code")), "error"))
                .isEqualTo("unsupported_grant_type");
    }

    private HttpResponse<String> token(String grantType, String rest) {
        return scene.send(
                "POST",
                "/highlevel/oauth/token",
                "client_id=hl-client&client_secret=hl-secret&grant_type=" + grantType + "&" + rest,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }
}
