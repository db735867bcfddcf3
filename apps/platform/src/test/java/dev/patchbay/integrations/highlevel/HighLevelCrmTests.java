package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.Contact;
import dev.patchbay.effects.spi.CrmPort.ContactDetails;
import dev.patchbay.effects.spi.CrmPort.ContactId;
import dev.patchbay.effects.spi.CrmPort.Contacts;
import dev.patchbay.effects.spi.CrmPort.Dnd;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    private CallContext callContext;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
        callContext = TestHttp.callContext(
                TestHttp.account(
                        "highlevel", provider.address(), "{\"locationId\":\"loc_1\"}", Map.of("access_token", "tok")),
                "{}");
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        http.destroy();
    }

    private static Contact contact(
            String id, boolean created, String phone, @Nullable String email, @Nullable String firstName) {
        return new Contact(id, created, phone, email, firstName, null, null, List.of(), Dnd.NONE, Map.of(), List.of());
    }

    @Test
    void createsAContactWithSourceAndTag() {
        provider.then(200, NONE).then(200, NONE).then(201, UPSERTED);
        assertThat(crm.upsertContact(callContext, ADA))
                .isEqualTo(new PortResult.Succeeded<>(
                        contact("c1", true, "+14155550123", "ada@example.com", "Ada"), "c1"));
        var upsert = provider.seen().getLast();
        assertThat(upsert.path()).isEqualTo("/contacts/");
        assertThat(upsert.headers())
                .containsEntry("Version", "2021-07-28")
                .containsEntry("Authorization", "Bearer tok");
        assertThat(upsert.json().path("locationId").asString()).isEqualTo("loc_1");
        assertThat(upsert.json().path("source").asString()).isEqualTo("Phone call");
        assertThat(upsert.json().path("tags").toString()).isEqualTo("[\"lead\",\"patchbay\"]");
        assertThat(crm.provider()).isEqualTo("highlevel");
    }

    @Test
    void addsTagsToAnExistingContactAndChangesNothingElse() {
        provider.then(200, FOUND).then(201, "{\"tags\":[\"vip\",\"patchbay\"]}");
        assertThat(crm.upsertContact(callContext, new ContactDetails("+14155550123", null, null, null, null, null)))
                .isInstanceOf(PortResult.Succeeded.class);
        var sent = provider.seen().getLast();
        assertThat(sent.path()).isEqualTo("/contacts/c1/tags");
        assertThat(sent.json().path("tags").toString()).isEqualTo("[\"patchbay\"]");
        assertThat(provider.seen()).hasSize(2);
    }

    @Test
    void aContactThatHasItAllIsLeftAlone() {
        provider.then(
                200, FOUND.replace("\"vip\"", "\"patchbay\"").replace("c1\",", "c1\",\"source\":\"Google Ads\","));
        assertThat(crm.upsertContact(callContext, new ContactDetails("+14155550123", null, null, null, "x", null)))
                .isInstanceOf(PortResult.Succeeded.class);
        assertThat(provider.seen()).hasSize(1);
    }

    @Test
    void anUpdateWithoutAContactIsMerged() {
        provider.then(200, FOUND).then(200, "{\"succeded\":true}").then(201, "{\"tags\":[]}");
        assertThat(crm.upsertContact(callContext, new ContactDetails("+14155550123", null, "Ada", null, null, null)))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(((Contact) it.value()).firstName()).isEqualTo("Ada"));
    }

    @Test
    void aRefusalThatNamesNoContactIsARefusal() {
        provider.then(200, NONE).then(200, NONE).then(400, "{\"message\":\"No.\"}");
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.Rejected.class);
        provider.then(200, NONE).then(503, "");
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.RetryLater.class);
    }

    @Test
    void dndAloneStandsForAllChannels() {
        provider.then(200, "{\"contact\":{\"id\":\"c1\",\"dnd\":true}}")
                .then(
                        200,
                        "{\"contact\":{\"id\":\"c1\",\"dnd\":true,\"dndSettings\":{\"SMS\":{\"status\":\"permanent\"}}}}");
        assertThat(dnd()).isEqualTo(new Dnd(true, true, true, true));
        assertThat(dnd()).isEqualTo(new Dnd(true, false, false, false));
    }

    private Dnd dnd() {
        return ((PortResult.Succeeded<Contact>) crm.getContact(callContext, new ContactId("c1")))
                .value()
                .dnd();
    }

    @Test
    void writesNothingWhenTheSearchFails() {
        provider.then(500, "{}");
        assertThat(crm.upsertContact(callContext, ADA))
                .isInstanceOfSatisfying(
                        PortResult.RetryLater.class,
                        it -> assertThat(it.reason()).isEqualTo(FailureReason.PROVIDER_DOWN));
        provider.then(401, "{}");
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.Unauthorized.class);
        provider.thenNothing();
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.RetryLater.class);
        assertThat(provider.seen()).allMatch(it -> it.path().equals("/contacts/search"));
    }

    @Test
    void namesTheReasonOfARefusedContact() {
        provider.then(200, NONE).then(200, NONE).then(422, "{\"message\":[\"phone is not valid\"]}");
        assertThat(crm.upsertContact(callContext, ADA))
                .isEqualTo(new PortResult.Rejected<>(
                        FailureReason.BAD_INPUT, "HighLevel refused the contact: phone is not valid"));
    }

    @Test
    void aLostResponseLeavesTheUpsertUnknown() {
        provider.then(200, NONE).then(200, NONE).thenNothing();
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.Unknown.class);
        provider.then(200, NONE).then(200, NONE).then(500, "{}");
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.Unknown.class);
    }

    private static String existingContact(String phone, String email, String names, String tags) {
        return """
                {"contacts":[{"id":"c1","source":"web","phone":"%s","email":"%s",%s,"tags":[%s]}]}
                """.formatted(phone, email, names, tags);
    }

    @Test
    void findsTheContactWithTheUpsertedDetails() {
        String names = "\"firstName\":\"ada\",\"lastName\":\"Lovelace\"";
        String tags = "\"Lead\",\"patchbay\"";
        provider.then(200, existingContact("+14155550123", "ADA@example.com", names, tags));
        assertThat(crm.findContact(callContext, ADA))
                .isInstanceOfSatisfying(
                        LookupResult.Found.class,
                        it -> assertThat((Object) it.providerIds()).isEqualTo(List.of("c1")));
        provider.then(200, NONE).then(200, existingContact("+14155550123", "ada@example.com", names, tags));
        assertThat(crm.findContact(callContext, ADA)).isInstanceOf(LookupResult.Found.class);
        provider.then(503, "");
        assertThat(crm.findContact(callContext, ADA)).isInstanceOf(LookupResult.Unavailable.class);
    }

    @Test
    void aContactWithoutTheDetailsIsNoProof() {
        String names = "\"firstName\":\"Ada\",\"lastName\":\"Lovelace\"";
        String tags = "\"lead\",\"patchbay\"";
        provider.then(200, existingContact("+14155550123", "", names, tags))
                .then(200, existingContact("+14155550123", "ada@example.com", names.replace("Ada", ""), tags))
                .then(200, existingContact("+14155550123", "ada@example.com", names, "\"patchbay\""));
        for (int i = 0; i < 3; i++) {
            assertThat(crm.findContact(callContext, ADA)).isInstanceOf(LookupResult.Absent.class);
        }
    }

    @Test
    void searchesForTheSamePhoneOrEmail() {
        ContactDetails phone = new ContactDetails("+14155550123", null, null, null, null, null);
        provider.then(200, FOUND);
        assertThat(crm.searchContacts(callContext, phone))
                .isEqualTo(new PortResult.Succeeded<>(
                        new Contacts(List.of(new Contact(
                                "c1",
                                false,
                                "+14155550123",
                                null,
                                null,
                                null,
                                null,
                                List.of("vip"),
                                Dnd.NONE,
                                Map.of(),
                                List.of()))),
                        "c1"));
        provider.then(200, NONE).then(200, "{\"contacts\":[{\"id\":\"c4\",\"email\":\"bob@example.com\"}]}");
        assertThat(crm.searchContacts(callContext, ADA))
                .isEqualTo(new PortResult.Succeeded<>(new Contacts(List.of()), ""));
        provider.then(503, "");
        assertThat(crm.searchContacts(callContext, phone)).isInstanceOf(PortResult.RetryLater.class);
    }

    @Test
    void statesTheQuotasOfALocation() {
        assertThat(crm.quotas("crm.upsertContact", callContext.account(), callContext.binding()))
                .containsExactly(
                        new Quota("burst", 100, Duration.ofSeconds(10), 4),
                        new Quota("day", 200_000, Duration.ofDays(1), 4));
        var larger = TestHttp.account(
                "highlevel", provider.address(), "{\"requestsPer10Seconds\":500,\"requestsPerDay\":900000}", Map.of());
        assertThat(crm.quotas("crm.other", larger, callContext.binding()))
                .containsExactly(
                        new Quota("burst", 500, Duration.ofSeconds(10)), new Quota("day", 900_000, Duration.ofDays(1)));
    }

    @Test
    void readsAContact() {
        provider.then(200, UPSERTED).then(400, "{\"message\":\"Contact not found\"}");
        assertThat(crm.getContact(callContext, new ContactId("c/1")))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        it -> assertThat(it.providerId()).isEqualTo("c1"));
        assertThat(provider.seen().getFirst().path()).isEqualTo("/contacts/c%2F1");
        assertThat(crm.getContact(callContext, new ContactId("c9"))).isInstanceOf(PortResult.Rejected.class);
    }
}
