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
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
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
    private CallContext callContext;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
        callContext = TestHttp.act(
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
        assertThat(crm.upsertContact(callContext, ADA))
                .isEqualTo(new PortResult.Succeeded<>(
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
    void keepsTheTagsOfAnExistingContact() {
        provider.then(200, FOUND).then(200, UPSERTED);
        crm.upsertContact(callContext, new ContactDetails("+14155550123", null, null, null, null, null));
        var sent = provider.seen().getLast().json();
        assertThat(sent.path("tags").toString()).isEqualTo("[\"vip\",\"patchbay\"]");
        assertThat(sent.path("source").asString()).isEqualTo("Patchbay");
        assertThat(sent.has("email")).isFalse();
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
                {"contacts":[{"id":"c1","phone":"%s","email":"%s",%s,"tags":[%s]}]}
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
        provider.then(200, existingContact("+14155550123", "other@example.com", names, tags))
                .then(200, existingContact("+14155550123", "ada@example.com", names.replace("Ada", "Eva"), tags))
                .then(200, existingContact("+14155550123", "ada@example.com", names.replace("Love", "Hate"), tags))
                .then(200, existingContact("+14155550123", "ada@example.com", names, "\"patchbay\""))
                .then(200, existingContact("+14155550199", "ada@example.com", names, tags));
        for (int i = 0; i < 5; i++) {
            assertThat(crm.findContact(callContext, ADA)).isInstanceOf(LookupResult.Absent.class);
        }
    }

    @Test
    void searchesForTheSamePhoneOrEmail() {
        ContactDetails phone = new ContactDetails("+14155550123", null, null, null, null, null);
        provider.then(200, FOUND);
        assertThat(crm.searchContacts(callContext, phone))
                .isEqualTo(new PortResult.Succeeded<>(
                        new Contacts(List.of(new Contact("c1", false, "+14155550123", null, null, null))), "c1"));
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
                        new Quota("burst", 100, Duration.ofSeconds(10), 3),
                        new Quota("day", 200_000, Duration.ofDays(1), 3));
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
