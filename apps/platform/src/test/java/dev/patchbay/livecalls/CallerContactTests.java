package dev.patchbay.livecalls;

import static dev.patchbay.livecalls.LiveCallFixture.NORTHSIDE;
import static dev.patchbay.livecalls.LiveCallFixture.at;
import static dev.patchbay.livecalls.LiveCallFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.LiveCallClient;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What callers say about themselves when they make an appointment reaches the client's CRM. */
@PatchbayTest
class CallerContactTests {

    private static final AtomicInteger NUMBERS = new AtomicInteger(100);

    private final LiveCallFixture fixture = LiveCallFixture.begin();
    private final String caller = "+1773555" + String.format("%04d", NUMBERS.getAndIncrement());

    private JsonNode ask(String function, ObjectNode arguments) {
        return LiveCallClient.ask(
                        function,
                        LiveCallClient.asking(fixture.call(), "agent_northside", caller, NORTHSIDE, arguments))
                .body();
    }

    private static Optional<JsonNode> findContact(String phone) {
        return TestEnvironment.held()
                .at("/highlevel/contacts")
                .valueStream()
                .filter(contact -> contact.path("phone").asString("").equals(phone))
                .findFirst();
    }

    @Test
    void nameAndAddressOfABookingReachTheContact() {
        JsonNode booked = ask(
                "calendar.book",
                at(fixture.monday())
                        .put("name", "Dr. Grace Brewster Hopper")
                        .put("email", "grace at navy dot example dot com"));

        assertThat(outcome(booked)).as(booked.toString()).isEqualTo("done");
        JsonNode contact =
                await().until(() -> findContact(caller), Optional::isPresent).orElseThrow();
        assertThat(contact.path("firstName").asString()).isEqualTo("Grace Brewster");
        assertThat(contact.path("lastName").asString()).isEqualTo("Hopper");
        assertThat(contact.path("email").asString()).isEqualTo("grace@navy.example.com");
    }

    @Test
    void thePersonOfAnAppointmentMayHaveAnotherNumberThanTheCaller() {
        String other = "(773) 556-" + caller.substring(8);

        ask(
                "calendar.hold",
                at(fixture.monday())
                        .put("first_name", "Ada")
                        .put("last_name", "Lovelace")
                        .put("phone", other));

        JsonNode contact = await().until(() -> findContact("+1773556" + caller.substring(8)), Optional::isPresent)
                .orElseThrow();
        assertThat(contact.path("lastName").asString()).isEqualTo("Lovelace");
        assertThat(findContact(caller)).isEmpty();
    }

    @Test
    void whatSaysNothingMakesNoContact() {
        ask("calendar.book", at(fixture.monday()).put("name", "not provided").put("email", "N/A"));
        ask("calendar.book", at(fixture.monday().plusHours(2)).put("name", "Mr. Last"));

        JsonNode contact =
                await().until(() -> findContact(caller), Optional::isPresent).orElseThrow();
        assertThat(contact.path("lastName").asString()).isEqualTo("Last");
        assertThat(contact.has("email")).isFalse();
    }

    @Test
    void aContactThatCannotBeKeptIsInTheCallsHistory() {
        FlowFixture.injectFault("highlevel", "contacts.search", "500", 20);

        JsonNode booked = ask("calendar.book", at(fixture.monday()).put("name", "Ada Lovelace"));

        assertThat(outcome(booked)).isEqualTo("done");
        await().untilAsserted(() -> assertThat(TestEnvironment.get("/api/v1/live-calls?callId=" + fixture.call())
                        .body()
                        .path("items")
                        .valueStream())
                .anySatisfy(line -> {
                    assertThat(line.path("function").asString()).isEqualTo("crm.upsertContact");
                    assertThat(line.path("outcome").asString()).isEqualTo("failed");
                }));
        FlowFixture.removeFaults();
    }
}
