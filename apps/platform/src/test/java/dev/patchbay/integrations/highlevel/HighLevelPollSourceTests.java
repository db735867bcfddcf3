package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.ingress.spi.PollSource.Page;
import dev.patchbay.ingress.spi.PollSource.Unavailable;
import dev.patchbay.kernel.ConnectionId;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HighLevelPollSourceTests {

    private static final Instant FROM = Instant.parse("2026-11-23T00:00:00Z");
    private static final String CALENDAR = "{\"calendars\": [{\"id\": \"cal\"}]}";

    private final OutgoingHttp http = TestHttp.unchecked();
    private final HighLevelPollSource changes = new HighLevelPollSource(new HighLevelApi(http));
    private ScriptedProvider highLevel;

    @BeforeEach
    void start() throws IOException {
        highLevel = new ScriptedProvider();
    }

    @AfterEach
    void stop() throws IOException {
        highLevel.close();
        http.destroy();
    }

    private Account account(URI base) {
        return TestHttp.account(
                "highlevel",
                base,
                "{\"locationId\": \"loc_1\", \"webhooksThrough\": \"con_app\"}",
                Map.of("access_token", "t"));
    }

    private Page read(String stream, Optional<String> cursor) {
        return changes.read(account(highLevel.address()), stream, cursor, FROM);
    }

    private static String appointment(String id, String added, String updated) {
        return "{\"id\": \"%s\", \"dateAdded\": %s, \"dateUpdated\": %s}".formatted(id, added, updated);
    }

    private static String at(String time) {
        return "\"2026-11-23T" + time + ":00Z\"";
    }

    private static List<String> keys(Page page) {
        return page.found().stream().map(it -> it.fact().deduplicationKey()).toList();
    }

    @Test
    void onlyALocationCanBePolledAndItsWebhooksArriveAtTheApp() {
        assertThat(changes.provider()).isEqualTo("highlevel");
        assertThat(changes.streams()).containsExactlyInAnyOrder("appointments", "conversations");
        assertThat(changes.canPoll(account(highLevel.address()))).isTrue();
        assertThat(changes.webhookConnection(account(highLevel.address()))).isEqualTo(new ConnectionId("con_app"));
        var app = TestHttp.account("highlevel", highLevel.address(), "{}", Map.of());
        assertThat(changes.canPoll(app)).isFalse();
        assertThat(changes.webhookConnection(app)).isEqualTo(new ConnectionId("con_1"));
        assertThat(changes.exhaustivelyListedTypes("appointments")).isEmpty();
        assertThat(changes.exists(app, "appointments", "a")).isTrue();
    }

    @Test
    void changedAppointmentsAreFoundOldestFirst() {
        highLevel
                .then(200, CALENDAR)
                .then(
                        200,
                        "{\"events\": ["
                                + String.join(
                                        ",",
                                        List.of(
                                                appointment("new", at("11:00"), at("11:00")),
                                                appointment("moved", at("09:00"), at("10:00")),
                                                appointment("old", "\"2026-11-01T00:00:00Z\"", at("08:00")),
                                                appointment(
                                                        "quiet",
                                                        "\"2026-11-01T00:00:00Z\"",
                                                        "\"2026-11-01T00:00:00Z\""),
                                                appointment("plain", at("07:00"), "null"),
                                                appointment("strange", "null", "null")))
                                + "]}")
                .then(200, "{\"calendars\": []}");
        Page page = read("appointments", Optional.empty());
        assertThat(keys(page))
                .containsExactly(
                        "appointment.created:plain",
                        "appointment.updated:old:2026-11-23T08:00:00Z",
                        "appointment.created:moved",
                        "appointment.updated:moved:2026-11-23T10:00:00Z",
                        "appointment.created:new");
        assertThat(page.more()).isFalse();
        assertThat(page.cursor()).isEqualTo("2026-11-23T11:00:00Z");
        assertThat(highLevel.seen().get(1).path())
                .contains("calendarId=cal")
                .contains("startTime=" + FROM.minusSeconds(31 * 86_400).toEpochMilli());
        // Without new records the next poll continues at the same cursor.
        assertThat(read("appointments", Optional.of(page.cursor())).cursor()).isEqualTo("2026-11-23T11:00:00Z");
    }

    private static String conversation(String id, long last) {
        return "{\"id\": \"%s\", \"lastMessageDate\": %d}".formatted(id, last);
    }

    private static String message(String id, String direction, String added) {
        return "{\"id\": \"%s\", \"direction\": \"%s\", \"dateAdded\": %s}".formatted(id, direction, added);
    }

    private static String messages(boolean more, String... messages) {
        return "{\"messages\": {\"nextPage\": %s, \"lastMessageId\": \"last\", \"messages\": [%s]}}"
                .formatted(more, String.join(",", messages));
    }

    @Test
    void messagesAreReadBackToTheStartOfThePoll() {
        highLevel
                .then(200, "{\"conversations\": [" + conversation("v", 1_795_400_000_000L) + "]}")
                .then(200, messages(true, message("3", "outbound", at("12:00")), message("2", "inbound", at("11:00"))))
                .then(
                        200,
                        messages(
                                true,
                                message("1", "inbound", at("10:00")),
                                message("0", "inbound", "\"2026-11-22T00:00:00Z\"")))
                .then(200, "{\"conversations\": []}");
        Page page = read("conversations", Optional.empty());
        assertThat(keys(page)).containsExactly("message:1", "message:2", "message:3");
        assertThat(page.found().getLast().fact().type()).isEqualTo("crm.message.sent");
        assertThat(page.more()).isFalse();
        assertThat(highLevel.seen().get(0).path()).contains("startAfterDate=" + (FROM.toEpochMilli() - 1));
        assertThat(highLevel.seen().get(2).path()).contains("lastMessageId=last");

        assertThat(read("conversations", Optional.of(page.cursor())).more()).isFalse();
        assertThat(highLevel.seen().get(3).path()).contains("startAfterDate=" + (1_795_400_000_000L - 900_000 - 1));
    }

    @Test
    void anEmptyPageEndsTheMessages() {
        highLevel
                .then(200, "{\"conversations\": [" + conversation("v", 1_795_400_000_000L) + "]}")
                .then(200, messages(true));
        assertThat(read("conversations", Optional.empty()).found()).isEmpty();
    }

    @Test
    void afterAFullPageTheLastMillisecondIsReadAgain() {
        highLevel.then(200, page(i -> 1_795_400_000_000L + i / 2));
        IntStream.range(0, 20).forEach(i -> highLevel.then(200, messages(false)));
        Page page = read("conversations", Optional.empty());
        assertThat(page.more()).isTrue();
        highLevel.then(200, page(i -> 1_795_400_000_009L));
        IntStream.range(0, 20).forEach(i -> highLevel.then(200, messages(false)));
        Page alike = read("conversations", Optional.of(page.cursor()));
        assertThat(highLevel.seen().get(21).path()).contains("startAfterDate=1795400000008");
        highLevel.then(200, "{\"conversations\": []}");
        read("conversations", Optional.of(alike.cursor()));
        assertThat(highLevel.seen().get(42).path()).contains("startAfterDate=1795400000009");
    }

    private static String page(java.util.function.IntToLongFunction last) {
        return IntStream.range(0, 20)
                .mapToObj(i -> conversation("v" + i, last.applyAsLong(i)))
                .collect(Collectors.joining(",", "{\"conversations\": [", "]}"));
    }

    @Test
    void failedRequestsAreUnavailable() {
        highLevel.then(429, "{}");
        assertThatThrownBy(() -> read("appointments", Optional.empty()))
                .isInstanceOf(Unavailable.class)
                .hasMessage("HighLevel answered 429 to highlevel/calendars.list.");
        highLevel.thenNothing();
        assertThatThrownBy(() -> read("conversations", Optional.empty())).isInstanceOf(Unavailable.class);
        var nobody = account(URI.create("http://127.0.0.1:1"));
        assertThatThrownBy(() -> changes.read(nobody, "appointments", Optional.empty(), FROM))
                .isInstanceOf(Unavailable.class);
    }
}
