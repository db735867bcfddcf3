package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.iam.Clients;
import dev.patchbay.testing.FailureScene;
import dev.patchbay.testing.FlowScene;
import dev.patchbay.testing.PatchbayTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Each failure names the real reason: who, what, with which value. docs/failures.md holds them for people to read. */
@PatchbayTest
class FailureTests {

    private static final Path DOCS = Path.of("../../docs/failures.md");

    @Autowired
    private Connections connections;

    @Autowired
    private Clients clients;

    /**
     * @param what goes wrong
     * @param words that the sentence must have
     */
    record Failure(String what, String code, UnaryOperator<FailureScene> how, List<String> words) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static Failure failure(String what, String code, UnaryOperator<FailureScene> how, String... words) {
        return new Failure(what, code, how, List.of(words));
    }

    static List<Failure> failures() {
        return List.of(
                failure(
                        "provider answers 500",
                        "provider_down",
                        s -> s.failing("500", 3).book(),
                        "Google Calendar",
                        "500"),
                failure(
                        "nobody listens",
                        "provider_down",
                        s -> s.twilioAt("http://127.0.0.1:1").text("Hello"),
                        "Twilio",
                        "refused"),
                failure("provider is slow", "provider_down", s -> s.slow(3).book(), "Google Calendar", "timeout"),
                failure(
                        "provider answers hollowly",
                        "provider_down",
                        s -> s.failing("hollow", 3).book(),
                        "Google Calendar",
                        "freebusy.query.response"),
                failure(
                        "renewal is not reached",
                        "provider_down",
                        s -> s.googleAt("http://127.0.0.1:1").book(),
                        "Google",
                        "token"),
                failure(
                        "rate limited",
                        "rate_limited",
                        s -> s.failing("429", 3).book(),
                        "Google Calendar",
                        "429",
                        "fewer requests"),
                failure(
                        "access revoked",
                        "auth_expired",
                        s -> s.googleRevoked().book(),
                        "Google",
                        "connect",
                        "invalid_client"),
                failure(
                        "refused after renewal",
                        "auth_expired",
                        s -> s.googleCopied().failing("401", 2).book(),
                        "Google Calendar",
                        "credentials",
                        "con_"),
                failure(
                        "wrong password",
                        "auth_expired",
                        s -> s.twilioWithWrongToken().text("Hello"),
                        "twilio",
                        "credentials"),
                failure(
                        "connection is broken",
                        "auth_expired",
                        s -> s.twilioWithWrongToken().text("Hello").text("Again"),
                        "twilio",
                        "enter them again"),
                failure(
                        "nothing is bound",
                        "bad_input",
                        FailureScene::unboundBook,
                        "calendar",
                        "calendar.book",
                        "cli_"),
                failure(
                        "bound to the wrong port",
                        "bad_input",
                        FailureScene::contactAtTheWrongConnection,
                        "con_twilio",
                        "crm"),
                failure(
                        "slot is taken",
                        "no_slot",
                        s -> s.book().book(),
                        "Google Calendar",
                        "America/Chicago",
                        "is taken"),
                failure(
                        "slot is past",
                        "no_slot",
                        s -> s.book("2020-01-06T10:00:00-06:00"),
                        "in the past",
                        "2020-01-06T10:00-06:00"),
                failure(
                        "slot has no offset",
                        "bad_input",
                        s -> s.book("2030-01-06T10:00:00"),
                        "start",
                        "2030-01-06T10:00:00",
                        "offset"),
                failure("slot is absent", "bad_input", s -> s.book(null), "start", "null"),
                failure(
                        "calendar is not shared",
                        "bad_input",
                        s -> s.calendar("gone@example.com").book(),
                        "gone@example.com"),
                failure(
                        "contact is unknown",
                        "bad_input",
                        s -> s.run("crm.getContact, with: { id: con_none }"),
                        "HighLevel",
                        "con_none",
                        "Contact not found"),
                failure(
                        "contact without phone",
                        "bad_input",
                        s -> s.run("crm.upsertContact, with: { phone: \"${ $event.none }\" }"),
                        "phone or email"),
                failure("phone is none", "bad_input", s -> s.textTo("call me"), "to", "call me", "E.164"),
                failure("text is empty", "bad_input", s -> s.text(""), "text", "empty"),
                failure("text is too long", "bad_input", s -> s.text("x".repeat(1700)), "1700 characters", "1600"),
                failure(
                        "recipient opted out",
                        "bad_input",
                        s -> s.optedOut().text("Hello"),
                        "Twilio",
                        "unsubscribed",
                        "21610"),
                failure(
                        "sender is not ours",
                        "bad_input",
                        s -> s.sender("+13125550199").text("Hello"),
                        "Twilio",
                        "From",
                        "21606"),
                failure(
                        "expression fails",
                        "bad_input",
                        s -> s.run("crm.getContact, with: { id: \"${ $event.from + 1 }\" }"),
                        "$event.from + 1"),
                failure(
                        "answer lost and look up down",
                        "unknown_outcome",
                        s -> s.lost().blind().book(),
                        "Google Calendar",
                        "could not be found out",
                        "500"),
                failure(
                        "answer lost and not looked up",
                        "unknown_outcome",
                        s -> s.lost().bookOnUnknown("fail"),
                        "Google Calendar",
                        "booking",
                        "answer was lost"),
                failure(
                        "answer lost and a person asked",
                        "unknown_outcome",
                        s -> s.lost().bookOnUnknown("ask"),
                        "Google Calendar",
                        "booking",
                        "answer was lost"),
                failure(
                        "flow took too long",
                        "provider_down",
                        s -> s.flow(
                                "timeout: { after: { milliseconds: 300 } }\ndo:\n  - nap: { wait: { hours: 1 } }\n"),
                        "flow",
                        "nap"),
                failure(
                        "step took too long",
                        "provider_down",
                        s -> s.failing("500", 20).bookWithin(300),
                        "time limit of “step”",
                        "500"),
                failure(
                        "flow goes round",
                        "bad_input",
                        s -> s.flow("do:\n  - round: { set: { a: 1 }, then: round }\n"),
                        "1,000",
                        "round"),
                failure(
                        "author raises",
                        "raised",
                        s -> s.flow(
                                "do:\n  - closed: { raise: { error: { type: \"https://x.example/closed\", status: 400,"
                                        + " detail: We are closed on Sundays } } }\n"),
                        "We are closed on Sundays"),
                failure(
                        "author raises without a word",
                        "raised",
                        s -> s.flow(
                                "do:\n  - closed: { raise: { error: { type: \"https://x.example/closed\", status: 400 } } }\n"),
                        "https://x.example/closed"),
                failure("person rejects", "rejected", FailureScene::rejected, "said no", "step", "too dear"),
                failure("nobody approves", "bad_input", s -> s.askWithin(300), "Nobody answered", "Is that fine?"));
    }

    private static String line(Failure failure, JsonNode cause) {
        return "| %s | `%s` | %s | %s |"
                .formatted(
                        failure.what(),
                        cause.path("code").asString(),
                        cause.path("sentence").asString(),
                        cause.path("nextAction").asString());
    }

    @AfterEach
    void heal() {
        FlowScene.heal();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theCauseNamesTheRealReason(Failure failure) throws IOException {
        var scene = new FailureScene(clients, connections);

        var cause = failure.how().apply(scene).cause();

        String line = line(failure, cause);
        System.out.println(line);
        assertThat(cause.path("code").asString()).as(line).isEqualTo(failure.code());
        assertThat(cause.path("sentence").asString()).contains(failure.words()).doesNotContain(scene.phone());
        assertThat(documented())
                .as("docs/failures.md, where … stands for what differs, has a line that fits " + line)
                .anyMatch(known -> pattern(known).matcher(line).matches());
    }

    @Test
    void theHandbookListsNothingElse() throws IOException {
        assertThat(documented())
                .extracting(line -> line.substring(2, line.indexOf(" | ")))
                .containsExactlyElementsOf(
                        failures().stream().map(Failure::what).toList());
    }

    private static List<String> documented() throws IOException {
        return Files.readAllLines(DOCS).stream()
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(
                Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
