package dev.patchbay.sandbox.highlevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.WebhookReceiver;
import dev.patchbay.sandbox.core.Json;
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

/** Webhooks, and the records that the control API adds. */
class HighLevelWebhookTests {

    private static final String BOOKING = """
            {"locationId": "loc-1", "calendarId": "cal-1", "contactId": "c-1", "startTime": "2026-12-01T10:00:00-05:00"}""";

    private SandboxFixture sandbox;
    private KeyPair keys;

    @BeforeEach
    void open(@TempDir Path folder) throws GeneralSecurityException {
        sandbox = SandboxFixture.open(folder);
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        var account = Json.object()
                .put("clientId", "hl-client")
                .put("clientSecret", "hl-secret")
                .put("webhookUrl", sandbox.receiver.url("/highlevel"))
                .put("webhookPrivateKey", pem);
        account.putArray("locations").addObject().put("id", "loc-1");
        sandbox.send(
                "PUT",
                "/_sandbox/accounts",
                Json.object().set("highlevel", account).toString());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void sendsWebhooksForChangesOverTheApi() {
        String contact = SandboxFixture.json(sandbox.highLevel(
                        "POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}"))
                .at("/contact/id")
                .asString();
        awaitEvents(1);
        sandbox.highLevel("PUT", "/contacts/" + contact, "{\"firstName\": \"Ada\"}");
        awaitEvents(2);
        sandbox.highLevel("DELETE", "/contacts/" + contact, "");
        awaitEvents(3);
        String appointment = Json.text(
                SandboxFixture.json(sandbox.highLevel("POST", "/calendars/events/appointments", BOOKING)), "id");
        awaitEvents(4);
        sandbox.highLevel("PUT", "/calendars/events/appointments/" + appointment, "{\"title\": \"Moved\"}");
        awaitEvents(5);
        sandbox.highLevel("DELETE", "/calendars/events/" + appointment, "");
        assertThat(awaitEvents(6))
                .containsExactly(
                        "ContactCreate",
                        "ContactUpdate",
                        "ContactDelete",
                        "AppointmentCreate",
                        "AppointmentUpdate",
                        "AppointmentDelete");
        JsonNode updated = sandbox.receiver.requests().get(4).json();
        assertThat(updated.at("/appointment/title").asString()).isEqualTo("Moved");
        assertThat(updated.at("/appointment/dateUpdated").asString())
                .isNotEqualTo(updated.at("/appointment/dateAdded").asString());
        assertThat(updated.path("webhookId").asString()).hasSize(32);
        assertThat(SandboxFixture.json(sandbox.highLevel("GET", "/calendars?locationId=loc-1", ""))
                        .path("calendars"))
                .isEmpty();
    }

    @Test
    void signsTheRawBody() throws GeneralSecurityException {
        addMessage("{\"locationId\": \"loc-1\", \"contactId\": \"c-1\", \"body\": \"Grüße\"}");
        var request = sandbox.receiver.requests().getFirst();
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(keys.getPublic());
        ed25519.update(request.body().getBytes(StandardCharsets.UTF_8));
        assertThat(ed25519.verify(Base64.getDecoder().decode(request.headers().getFirst("X-GHL-Signature"))))
                .isTrue();
        assertThat(request.json().path("messageType").asString()).isEqualTo("SMS");
        assertThat(request.json().path("messageId").asString()).isNotEmpty();
    }

    @Test
    void retriesAfter429Only() {
        sandbox.receiver.respondNext(429, 204, 500);
        assertThat(addMessage(message("inbound")).at("/deliveries/0/state").asString())
                .isEqualTo("retrying");
        awaitEvents(2);
        assertThat(addMessage(message("outbound")).at("/deliveries/0/state").asString())
                .isEqualTo("failed");
        assertThat(awaitEvents(3)).containsExactly("InboundMessage", "InboundMessage", "OutboundMessage");
    }

    @Test
    void dropSendsNoWebhookAndDuplicateSendsTwo() {
        sandbox.armFault("highlevel", "webhook", "drop", 1);
        assertThat(addMessage(message("inbound")).path("deliveries")).isEmpty();
        sandbox.armFault("highlevel", "webhook", "duplicate", 1);
        assertThat(addMessage(message("inbound")).path("deliveries")).hasSize(2);
        var bodies = sandbox.receiver.requests().stream()
                .map(WebhookReceiver.ReceivedRequest::body)
                .distinct();
        assertThat(bodies).hasSize(1);
        assertThat(conversations("").path("conversations")).hasSize(1);
    }

    @Test
    void sendsNothingForALocationWithoutAWebhookUrl() {
        assertThat(addMessage("{\"locationId\": \"loc-9\", \"contactId\": \"c-1\", \"body\": \"hi\"}")
                        .path("deliveries"))
                .isEmpty();
        assertThat(sandbox.receiver.requests()).isEmpty();
    }

    @Test
    void listsConversationsByTheirLastMessageAndMessagesNewestFirst() {
        addMessage(
                "{\"locationId\": \"loc-1\", \"contactId\": \"c-1\", \"body\": \"1\", \"at\": \"2026-11-01T10:00:00Z\"}");
        addMessage(
                "{\"locationId\": \"loc-1\", \"contactId\": \"c-2\", \"body\": \"2\", \"at\": \"2026-11-01T11:00:00Z\"}");
        addMessage(
                "{\"locationId\": \"loc-1\", \"contactId\": \"c-1\", \"body\": \"3\", \"at\": \"2026-11-01T12:00:00Z\"}");

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
        JsonNode created = sandbox.control("POST", "/highlevel/appointments", BOOKING);
        assertThat(created.at("/deliveries/0/event").asString()).isEqualTo("AppointmentCreate");
        String id = created.at("/appointment/id").asString();
        JsonNode moved =
                sandbox.control("POST", "/highlevel/appointments", "{\"id\": \"" + id + "\", \"title\": \"New\"}");
        assertThat(moved.at("/deliveries/0/event").asString()).isEqualTo("AppointmentUpdate");

        assertThat(SandboxFixture.json(sandbox.highLevel("GET", "/calendars?locationId=loc-1", ""))
                        .at("/calendars/0/id")
                        .asString())
                .isEqualTo("cal-1");
        String events = "/calendars/events?locationId=loc-1";
        String day = "&calendarId=cal-1&startTime=1796083200000&endTime=1796169600000";
        assertThat(SandboxFixture.json(sandbox.highLevel("GET", events + day, ""))
                        .at("/events/0/title")
                        .asString())
                .isEqualTo("New");
        String before = "&calendarId=cal-1&startTime=0&endTime=1796083200000";
        assertThat(SandboxFixture.json(sandbox.highLevel("GET", events + before, ""))
                        .path("events"))
                .isEmpty();
        String after = "&calendarId=cal-1&startTime=1796169600000&endTime=1999999999999";
        assertThat(SandboxFixture.json(sandbox.highLevel("GET", events + after, ""))
                        .path("events"))
                .isEmpty();
        assertThat(sandbox.highLevel("GET", events + "&startTime=0&endTime=1", "")
                        .statusCode())
                .isEqualTo(422);
        assertThat(sandbox.highLevel("PUT", "/calendars/events/appointments/none", "{}")
                        .statusCode())
                .isEqualTo(400);
    }

    private List<String> awaitEvents(int count) {
        await().until(() -> sandbox.receiver.requests().size() >= count);
        return sandbox.receiver.requests().stream()
                .map(request -> Json.text(request.json(), "type"))
                .toList();
    }

    private static String message(String direction) {
        return "{\"locationId\": \"loc-1\", \"contactId\": \"c-1\", \"body\": \"hi\", \"direction\": \"" + direction
                + "\"}";
    }

    private JsonNode addMessage(String message) {
        return sandbox.control("POST", "/highlevel/messages", message);
    }

    private JsonNode conversations(String more) {
        return SandboxFixture.json(sandbox.highLevel("GET", "/conversations/search?locationId=loc-1" + more, ""));
    }

    private JsonNode messages(String conversation, String query) {
        return SandboxFixture.json(
                sandbox.highLevel("GET", "/conversations/" + conversation + "/messages" + query, ""));
    }
}
