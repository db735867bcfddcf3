package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CrmPort.Contact;
import dev.patchbay.flows.spi.CrmPort.ContactDetails;
import dev.patchbay.flows.spi.CrmPort.ContactId;
import dev.patchbay.flows.spi.CrmPort.Contacts;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Quota;
import dev.patchbay.flows.spi.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HighLevelCrmTests {

    private static final ContactDetails ADA =
            new ContactDetails("+14155550123", "ada@example.com", "Ada", "Lovelace", "Phone call", List.of("lead"));
    private static final String NONE = "{\"contacts\":[]}";
    private static final String FOUND =
            "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"+14155550123\",\"tags\":[\"vip\"]},{\"id\":\"c2\",\"phone\":\"+14155550124\"}]}";
    private static final String UPSERTED =
            "{\"new\":true,\"contact\":{\"id\":\"c1\",\"phone\":\"+14155550123\",\"email\":\"ada@example.com\",\"firstName\":\"Ada\",\"lastName\":\" \"}}";

    private final OutgoingHttp http = TestHttp.checking();
    private final HighLevelCrm crm = new HighLevelCrm(http);
    private ScriptedProvider provider;
    private Act act;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
        act = TestHttp.act(
                TestHttp.account(
                        "highlevel", provider.address(), "{\"locationId\":\"loc_1\"}", Map.of("access_token", "tok")),
                "{}");
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        http.destroy();
    }

    @Test
    void createsAContactWithSourceAndTag() {
        provider.then(200, NONE).then(200, NONE).then(201, UPSERTED);
        assertThat(crm.upsertContact(act, ADA))
                .isEqualTo(new Answer.Done<>(
                        new Contact("c1", true, "+14155550123", "ada@example.com", "Ada", null), "c1"));
        var upsert = provider.seen().getLast();
        assertThat(upsert.path()).isEqualTo("/contacts/upsert");
        assertThat(upsert.headers())
                .containsEntry("Version", "2021-07-28")
                .containsEntry("Authorization", "Bearer tok");
        assertThat(upsert.json().path("locationId").asString()).isEqualTo("loc_1");
        assertThat(upsert.json().path("source").asString()).isEqualTo("Phone call");
        assertThat(upsert.json().path("tags").toString()).isEqualTo("[\"lead\",\"patchbay\"]");
        assertThat(crm.provider()).isEqualTo("highlevel");
    }

    @Test
    void keepsTheTagsThatAContactHas() {
        provider.then(200, FOUND).then(200, UPSERTED);
        crm.upsertContact(act, new ContactDetails("+14155550123", null, null, null, null, null));
        var sent = provider.seen().getLast().json();
        assertThat(sent.path("tags").toString()).isEqualTo("[\"vip\",\"patchbay\"]");
        assertThat(sent.path("source").asString()).isEqualTo("Patchbay");
        assertThat(sent.has("email")).isFalse();
    }

    @Test
    void writesNothingWhenTheSearchFails() {
        provider.then(500, "{}");
        assertThat(crm.upsertContact(act, ADA))
                .isInstanceOfSatisfying(
                        Answer.TryLater.class, it -> assertThat(it.reason()).isEqualTo(Reason.PROVIDER_DOWN));
        provider.then(401, "{}");
        assertThat(crm.upsertContact(act, ADA)).isInstanceOf(Answer.Unauthorized.class);
        provider.thenNothing();
        assertThat(crm.upsertContact(act, ADA)).isInstanceOf(Answer.TryLater.class);
        assertThat(provider.seen()).allMatch(it -> it.path().equals("/contacts/search"));
    }

    @Test
    void saysWhyAContactWasRefused() {
        provider.then(200, NONE).then(200, NONE).then(422, "{\"message\":[\"phone is not valid\"]}");
        assertThat(crm.upsertContact(act, ADA))
                .isEqualTo(new Answer.Refused<>(Reason.BAD_INPUT, "HighLevel refused the contact: phone is not valid"));
    }

    @Test
    void doesNotKnowWhatBecameOfALostUpsert() {
        provider.then(200, NONE).then(200, NONE).thenNothing();
        assertThat(crm.upsertContact(act, ADA)).isInstanceOf(Answer.Lost.class);
        provider.then(200, NONE).then(200, NONE).then(500, "{}");
        assertThat(crm.upsertContact(act, ADA)).isInstanceOf(Answer.Lost.class);
    }

    private static String known(String phone, String email, String names, String tags) {
        return """
                {"contacts":[{"id":"c1","phone":"%s","email":"%s",%s,"tags":[%s]}]}
                """.formatted(phone, email, names, tags);
    }

    @Test
    void findsTheContactThatHasTheDetailsThatWereSent() {
        String names = "\"firstName\":\"ada\",\"lastName\":\"Lovelace\"";
        String tags = "\"Lead\",\"patchbay\"";
        provider.then(200, known("+14155550123", "ADA@example.com", names, tags));
        assertThat(crm.findContact(act, ADA))
                .isInstanceOfSatisfying(
                        LookUp.Found.class,
                        it -> assertThat((Object) it.providerIds()).isEqualTo(List.of("c1")));
        provider.then(200, NONE).then(200, known("+14155550123", "ada@example.com", names, tags));
        assertThat(crm.findContact(act, ADA)).isInstanceOf(LookUp.Found.class);
        provider.then(503, "");
        assertThat(crm.findContact(act, ADA)).isInstanceOf(LookUp.Unavailable.class);
    }

    @Test
    void aContactThatWasThereBeforeIsNoProof() {
        String names = "\"firstName\":\"Ada\",\"lastName\":\"Lovelace\"";
        String tags = "\"lead\",\"patchbay\"";
        provider.then(200, known("+14155550123", "other@example.com", names, tags))
                .then(200, known("+14155550123", "ada@example.com", names.replace("Ada", "Eva"), tags))
                .then(200, known("+14155550123", "ada@example.com", names.replace("Love", "Hate"), tags))
                .then(200, known("+14155550123", "ada@example.com", names, "\"patchbay\""))
                .then(200, known("+14155550199", "ada@example.com", names, tags));
        for (int i = 0; i < 5; i++) {
            assertThat(crm.findContact(act, ADA)).isInstanceOf(LookUp.Absent.class);
        }
    }

    @Test
    void searchesForTheSamePhoneOrEmail() {
        ContactDetails phone = new ContactDetails("+14155550123", null, null, null, null, null);
        provider.then(200, FOUND);
        assertThat(crm.searchContacts(act, phone))
                .isEqualTo(new Answer.Done<>(
                        new Contacts(List.of(new Contact("c1", false, "+14155550123", null, null, null))), "c1"));
        provider.then(200, NONE).then(200, "{\"contacts\":[{\"id\":\"c4\",\"email\":\"bob@example.com\"}]}");
        assertThat(crm.searchContacts(act, ADA)).isEqualTo(new Answer.Done<>(new Contacts(List.of()), ""));
        provider.then(503, "");
        assertThat(crm.searchContacts(act, phone)).isInstanceOf(Answer.TryLater.class);
    }

    @Test
    void statesWhatALocationAllows() {
        assertThat(crm.quotas("crm.upsertContact", act.account(), act.binding()))
                .containsExactly(
                        new Quota("burst", 100, Duration.ofSeconds(10), 3),
                        new Quota("day", 200_000, Duration.ofDays(1), 3));
        var larger = TestHttp.account(
                "highlevel", provider.address(), "{\"requestsPer10Seconds\":500,\"requestsPerDay\":900000}", Map.of());
        assertThat(crm.quotas("crm.other", larger, act.binding()))
                .containsExactly(
                        new Quota("burst", 500, Duration.ofSeconds(10)), new Quota("day", 900_000, Duration.ofDays(1)));
    }

    @Test
    void readsAContact() {
        provider.then(200, UPSERTED).then(400, "{\"message\":\"Contact not found\"}");
        assertThat(crm.getContact(act, new ContactId("c/1")))
                .isInstanceOfSatisfying(
                        Answer.Done.class, it -> assertThat(it.providerId()).isEqualTo("c1"));
        assertThat(provider.seen().getFirst().path()).isEqualTo("/contacts/c%2F1");
        assertThat(crm.getContact(act, new ContactId("c9"))).isInstanceOf(Answer.Refused.class);
    }
}
