package dev.patchbay.notifications.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.iam.sessions.OpenedSession;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import tools.jackson.databind.JsonNode;

/** A person's notices, preferences and number over the API. */
@PatchbayTest
class NoticesApiTests {

    private static final String PREFERENCES = "/api/v1/me/notice-preferences";

    @Autowired
    private PeopleFixture people;

    @Autowired
    private Sessions sessions;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private ApplicationEventPublisher events;

    private TenantId tenant = new TenantId("tnt_unset");
    private UserId user = new UserId("usr_unset");
    private String session = "";

    @BeforeEach
    void signIn() {
        tenant = people.createTenant();
        user = people.createUser(tenant, "Ada");
        people.assign(tenant, user, "tenant-admin", Optional.empty());
        OpenedSession opened = sessions.open(tenant, user, new SessionOrigin("127.0.0.1", "test"));
        session = opened.secret();
    }

    @AfterEach
    void removeFaults() {
        FlowFixture.removeFaults();
    }

    private Reply send(String method, String path, String body) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + path))
                        .header("Cookie", Browser.SESSION + "=" + session)
                        .header("X-CSRF-Token", Secret.derive(session, "csrf"))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode get(String path) {
        Reply reply = send("GET", path, "");
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
        return reply.body();
    }

    private void publish(String key) {
        tenancy.inTenant(
                tenant,
                () -> events.publishEvent(new Notice(
                        TenantScope.of(tenant),
                        NoticeTopic.CONNECTION_DOWN,
                        "connection/" + key,
                        key,
                        Map.of("connection", "Front desk", "provider", "HighLevel", "reason", "it rejects the key."))));
    }

    @Test
    void noticesAreListedAndMarkedAsRead() {
        publish("con_1");
        publish("con_2");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get("/api/v1/me/notices").path("unread").asInt() == 2);
        var page = get("/api/v1/me/notices?limit=1");
        assertThat(page.path("items")).hasSize(1);
        String newest = page.path("next").asString();
        assertThat(get("/api/v1/me/notices?after=" + newest).path("items")).hasSize(1);
        var read = send("POST", "/api/v1/me/notices/read", "{\"ids\": [\"" + newest + "\"]}");
        assertThat(read.body().path("unread").asInt()).isEqualTo(1);
        assertThat(send("POST", "/api/v1/me/notices/read", "{\"upTo\": \"" + newest + "\"}")
                        .body()
                        .path("unread")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"ids\": [], \"upTo\": \"ntc_1\"}", "{\"ids\": [null]}"})
    void ambiguousMarksAreRefused(String body) {
        assertThat(send("POST", "/api/v1/me/notices/read", body).status()).isEqualTo(422);
    }

    @Test
    void aServiceTokenHasNoNotices() {
        assertThat(TestEnvironment.get("/api/v1/me/notices").status()).isEqualTo(403);
        assertThat(TestEnvironment.get(PREFERENCES).status()).isEqualTo(403);
    }

    @Test
    void preferencesAreSavedAndAudited() {
        var before = get(PREFERENCES);
        assertThat(before.path("zone").asString()).isEqualTo("UTC");
        var saved = send("PUT", PREFERENCES, """
                {"zone": "Europe/Berlin", "quietHours": {"from": "22:00", "to": "07:00"}, "digestAt": ["16:30", "08:00"],
                 "mail": {"drift-found": "off", "dead-letters-growing": "digest"}}""");
        assertThat(saved.status()).as(String.valueOf(saved.body())).isEqualTo(200);
        var after = get(PREFERENCES);
        assertThat(after.path("zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(after.at("/quietHours/to").asString()).isEqualTo("07:00");
        assertThat(after.path("digestAt").toString()).isEqualTo("[\"08:00\",\"16:30\"]");
        assertThat(topic(after, "drift-found").path("mail").asString()).isEqualTo("off");
        assertThat(topic(after, "draft-ready").path("mail").asString()).isEqualTo("digest");
        assertThat(topic(after, "connection-down").path("critical").asBoolean()).isTrue();
        send("PUT", PREFERENCES, "{\"zone\": \"Europe/Berlin\", \"digestAt\": [\"08:00\"]}");
        assertThat(get(PREFERENCES).path("quietHours").isNull()).isTrue();
        assertAudited("notice.preferences_changed", 2);
    }

    private void assertAudited(String action, int entries) {
        assertThat(get("/api/v1/audit?action=" + action).path("items")).hasSize(entries);
    }

    private static JsonNode topic(JsonNode preferences, String label) {
        return preferences
                .path("topics")
                .valueStream()
                .filter(topic -> topic.path("topic").asString().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"zone\": \"Europe/Berlin\"}",
                "{\"digestAt\": [\"08:00\"]}",
                "{\"zone\": \"+01:00\", \"digestAt\": [\"08:00\"]}",
                "{\"zone\": \"UTC\", \"digestAt\": [\"8\"]}",
                "{\"zone\": \"UTC\", \"digestAt\": [\"08:00:30\"]}",
                "{\"zone\": \"UTC\", \"digestAt\": [\"01:00\", \"02:00\", \"03:00\", \"04:00\", \"05:00\"]}",
                "{\"zone\": \"UTC\", \"digestAt\": [\"08:00\"], \"quietHours\": {\"from\": \"07:00\", \"to\": \"07:00\"}}",
                "{\"zone\": \"UTC\", \"digestAt\": [\"08:00\"], \"quietHours\": {\"from\": \"07:00\"}}",
                "{\"zone\": \"UTC\", \"digestAt\": [\"08:00\"], \"mail\": {\"none-such\": \"off\"}}",
                "{\"zone\": \"UTC\", \"digestAt\": [\"08:00\"], \"mail\": {\"connection-down\": \"off\"}}",
                "{\"zone\": \"UTC\", \"digestAt\": [\"08:00\"], \"mail\": {\"drift-found\": \"never\"}}",
                "{\"zone\": \"UTC\", \"digestAt\": [\"08:00\"], \"mail\": {\"drift-found\": null}}"
            })
    void invalidPreferencesAreRefused(String body) {
        assertThat(send("PUT", PREFERENCES, body).status()).isEqualTo(422);
    }

    private String sendCode(String number) {
        Reply reply = send("POST", "/api/v1/me/phone", Json.write(Json.object().put("number", number)));
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(202);
        return TestEnvironment.held()
                .path("twilio")
                .path("messages")
                .valueStream()
                .filter(text -> text.path("to").asString().equals(number))
                .reduce((one, other) -> other)
                .orElseThrow()
                .path("body")
                .asString()
                .replaceAll("\\D", "");
    }

    private int confirm(String code) {
        return send("POST", "/api/v1/me/phone/confirm", Json.write(Json.object().put("code", code)))
                .status();
    }

    @Test
    void aNumberIsConfirmedByTheCodeThatWasTexted() {
        String number = PhoneCalls.newCaller().path("from").asString();
        String code = sendCode(number);
        assertAudited("notice.preferences_changed", 1);
        assertThat(get(PREFERENCES).at("/phone/confirmed").asBoolean()).isFalse();
        assertThat(confirm("x")).isEqualTo(422);
        assertThat(confirm(code)).isEqualTo(204);
        assertAudited("notice.preferences_changed", 2);
        var phone = get(PREFERENCES).path("phone");
        assertThat(phone.path("confirmed").asBoolean()).isTrue();
        assertThat(phone.path("number").asString()).isEqualTo("…" + number.substring(number.length() - 2));
        assertThat(confirm(code)).isEqualTo(422);
        assertThat(send("DELETE", "/api/v1/me/phone", "").status()).isEqualTo(204);
        assertThat(send("DELETE", "/api/v1/me/phone", "").status()).isEqualTo(204);
        assertAudited("notice.preferences_changed", 3);
        assertThat(get(PREFERENCES).path("phone").isNull()).isTrue();
        assertThat(confirm(code)).isEqualTo(422);
    }

    @Test
    void guessesAndCodesAreLimited() {
        String number = PhoneCalls.newCaller().path("from").asString();
        String code = sendCode(number);
        for (int guess = 0; guess < 5; guess++) {
            assertThat(confirm("not it")).isEqualTo(422);
        }
        assertThat(confirm(code)).isEqualTo(422);
        sendCode(number);
        sendCode(number);
        assertThat(send("POST", "/api/v1/me/phone", Json.write(Json.object().put("number", number)))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void aNumberThatCannotBeTextedIsNotConfirmed() {
        assertThat(send("POST", "/api/v1/me/phone", "{\"number\": \"12\"}").status())
                .isEqualTo(422);
        FlowFixture.injectFault("twilio", "messages.create", "500", 1);
        String number = PhoneCalls.newCaller().path("from").asString();
        assertThat(send("POST", "/api/v1/me/phone", Json.write(Json.object().put("number", number)))
                        .status())
                .isEqualTo(502);
    }
}
