package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HighLevelWebhookTests {

    private static final String BOOKING = """
            {"locationId": "loc-1", "calendarId": "cal-1", "contactId": "c-1", "startTime": "2026-12-01T10:00:00-05:00"}""";

    private Scene scene;
    private KeyPair keys;

    @BeforeEach
    void open(@TempDir Path folder) throws GeneralSecurityException {
        scene = Scene.open(folder);
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        var account = Json.object()
                .put("clientId", "hl-client")
                .put("clientSecret", "hl-secret")
                .put("webhookUrl", scene.listener.url("/highlevel"))
                .put("webhookPrivateKey", pem);
        account.putArray("locations").addObject().put("id", "loc-1");
        scene.send(
                "PUT",
                "/_sandbox/accounts",
                Json.object().set("highlevel", account).toString());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void tellsWhatItsApiChanged() {
        String contact = Scene.json(scene.highLevel(
                        "POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}"))
                .at("/contact/id")
                .asString();
        hear(1);
        scene.highLevel("PUT", "/contacts/" + contact, "{\"firstName\": \"Ada\"}");
        hear(2);
        scene.highLevel("DELETE", "/contacts/" + contact, "");
        hear(3);
        String appointment =
                Json.text(Scene.json(scene.highLevel("POST", "/calendars/events/appointments", BOOKING)), "id");
        hear(4);
        scene.highLevel("PUT", "/calendars/events/appointments/" + appointment, "{\"title\": \"Moved\"}");
        hear(5);
        scene.highLevel("DELETE", "/calendars/events/" + appointment, "");
        assertThat(hear(6))
                .containsExactly(
                        "ContactCreate",
                        "ContactUpdate",
                        "ContactDelete",
                        "AppointmentCreate",
                        "AppointmentUpdate",
                        "AppointmentDelete");
        JsonNode updated = scene.listener.heard().get(4).json();
        assertThat(updated.at("/appointment/title").asString()).isEqualTo("Moved");
        assertThat(updated.at("/appointment/dateUpdated").asString())
                .isNotEqualTo(updated.at("/appointment/dateAdded").asString());
        assertThat(updated.path("webhookId").asString()).hasSize(32);
        assertThat(Scene.json(scene.highLevel("GET", "/calendars?locationId=loc-1", ""))
                        .path("calendars"))
                .isEmpty();
    }

    @Test
    void signsTheRawBody() throws GeneralSecurityException {
        say("{\"locationId\": \"loc-1\", \"contactId\": \"c-1\", \"body\": \"Grüße\"}");
        var heard = scene.listener.heard().getFirst();
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(keys.getPublic());
        ed25519.update(heard.body().getBytes(StandardCharsets.UTF_8));
        assertThat(ed25519.verify(Base64.getDecoder().decode(heard.headers().getFirst("X-GHL-Signature"))))
                .isTrue();
        assertThat(heard.json().path("messageType").asString()).isEqualTo("SMS");
        assertThat(heard.json().path("messageId").asString()).isNotEmpty();
    }

    @Test
    void triesAgainOnlyWhenToldThatItWasTooMuch() {
        scene.listener.answerNext(429, 204, 500);
        assertThat(say(message("inbound")).at("/deliveries/0/state").asString()).isEqualTo("retrying");
        hear(2);
        assertThat(say(message("outbound")).at("/deliveries/0/state").asString())
                .isEqualTo("failed");
        assertThat(hear(3)).containsExactly("InboundMessage", "InboundMessage", "OutboundMessage");
    }

    @Test
    void canForgetToTellAndTellTwice() {
        scene.arm("highlevel", "webhook", "drop", 1);
        assertThat(say(message("inbound")).path("deliveries")).isEmpty();
        scene.arm("highlevel", "webhook", "duplicate", 1);
        assertThat(say(message("inbound")).path("deliveries")).hasSize(2);
        var bodies = scene.listener.heard().stream().map(Listener.Heard::body).distinct();
        assertThat(bodies).hasSize(1);
        assertThat(conversations("").path("conversations")).hasSize(1);
    }

    @Test
    void retellCanForgetToTellToo() {
        scene.arm("retell", "webhook", "drop", 2);
        JsonNode placed =
                scene.control("POST", "/calls", "{\"from\": \"+12025550123\", \"endTimestamp\": 1790000000000}");
        assertThat(placed.path("deliveries")).hasSize(1);
        assertThat(placed.at("/deliveries/0/event").asString()).isEqualTo("call_analyzed");
        assertThat(scene.state().at("/retell/calls/0/end_timestamp").asLong()).isEqualTo(1_790_000_000_000L);
    }

    @Test
    void tellsNobodyOfALocationWithoutAnAddress() {
        assertThat(say("{\"locationId\": \"loc-9\", \"contactId\": \"c-1\", \"body\": \"hi\"}")
                        .path("deliveries"))
                .isEmpty();
        assertThat(scene.listener.heard()).isEmpty();
    }

    @Test
    void listsConversationsByTheirLastMessageAndMessagesNewestFirst() {
        say("{\"locationId\": \"loc-1\", \"contactId\": \"c-1\", \"body\": \"1\", \"at\": \"2026-11-01T10:00:00Z\"}");
        say("{\"locationId\": \"loc-1\", \"contactId\": \"c-2\", \"body\": \"2\", \"at\": \"2026-11-01T11:00:00Z\"}");
        say("{\"locationId\": \"loc-1\", \"contactId\": \"c-1\", \"body\": \"3\", \"at\": \"2026-11-01T12:00:00Z\"}");

        JsonNode ascending = conversations("&sort=asc&limit=1");
        assertThat(ascending.path("total").asInt()).isEqualTo(2);
        assertThat(ascending.at("/conversations/0/contactId").asString()).isEqualTo("c-2");
        String last = ascending.at("/conversations/0/lastMessageDate").asString();
        JsonNode rest = conversations("&sort=asc&startAfterDate=" + last);
        assertThat(rest.at("/conversations/0/contactId").asString()).isEqualTo("c-1");
        assertThat(conversations("").at("/conversations/0/contactId").asString())
                .isEqualTo("c-1");

        String id = rest.at("/conversations/0/id").asString();
        JsonNode page = messages(id, "?limit=1").path("messages");
        assertThat(page.at("/messages/0/body").asString()).isEqualTo("3");
        assertThat(page.path("nextPage").asBoolean()).isTrue();
        JsonNode next =
                messages(id, "?lastMessageId=" + page.path("lastMessageId").asString());
        assertThat(next.at("/messages/messages/0/body").asString()).isEqualTo("1");
        assertThat(next.at("/messages/nextPage").asBoolean()).isFalse();
        assertThat(messages(
                                id,
                                "?lastMessageId="
                                        + next.at("/messages/lastMessageId").asString())
                        .at("/messages/messages"))
                .isEmpty();
        assertThat(messages("none", "").path("message").asString()).isEqualTo("Conversation not found");
    }

    @Test
    void listsTheEventsOfACalendarBetweenTwoTimes() {
        JsonNode made = scene.control("POST", "/highlevel/appointments", BOOKING);
        assertThat(made.at("/deliveries/0/event").asString()).isEqualTo("AppointmentCreate");
        String id = made.at("/appointment/id").asString();
        JsonNode moved =
                scene.control("POST", "/highlevel/appointments", "{\"id\": \"" + id + "\", \"title\": \"New\"}");
        assertThat(moved.at("/deliveries/0/event").asString()).isEqualTo("AppointmentUpdate");

        assertThat(Scene.json(scene.highLevel("GET", "/calendars?locationId=loc-1", ""))
                        .at("/calendars/0/id")
                        .asString())
                .isEqualTo("cal-1");
        String events = "/calendars/events?locationId=loc-1";
        String day = "&calendarId=cal-1&startTime=1796083200000&endTime=1796169600000";
        assertThat(Scene.json(scene.highLevel("GET", events + day, ""))
                        .at("/events/0/title")
                        .asString())
                .isEqualTo("New");
        String before = "&calendarId=cal-1&startTime=0&endTime=1796083200000";
        assertThat(Scene.json(scene.highLevel("GET", events + before, "")).path("events"))
                .isEmpty();
        String after = "&calendarId=cal-1&startTime=1796169600000&endTime=1999999999999";
        assertThat(Scene.json(scene.highLevel("GET", events + after, "")).path("events"))
                .isEmpty();
        assertThat(scene.highLevel("GET", events + "&startTime=0&endTime=1", "").statusCode())
                .isEqualTo(422);
        assertThat(scene.highLevel("PUT", "/calendars/events/appointments/none", "{}")
                        .statusCode())
                .isEqualTo(400);
    }

    private List<String> hear(int howMany) {
        await().until(() -> scene.listener.heard().size() >= howMany);
        return scene.listener.heard().stream()
                .map(one -> Json.text(one.json(), "type"))
                .toList();
    }

    private static String message(String direction) {
        return "{\"locationId\": \"loc-1\", \"contactId\": \"c-1\", \"body\": \"hi\", \"direction\": \"" + direction
                + "\"}";
    }

    private JsonNode say(String message) {
        return scene.control("POST", "/highlevel/messages", message);
    }

    private JsonNode conversations(String more) {
        return Scene.json(scene.highLevel("GET", "/conversations/search?locationId=loc-1" + more, ""));
    }

    private JsonNode messages(String conversation, String query) {
        return Scene.json(scene.highLevel("GET", "/conversations/" + conversation + "/messages" + query, ""));
    }
}
