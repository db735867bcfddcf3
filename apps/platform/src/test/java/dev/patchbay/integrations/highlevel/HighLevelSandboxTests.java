package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.connections.http.Window;
import dev.patchbay.connections.spi.TokenRefresher.RefreshRefused;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.Contact;
import dev.patchbay.effects.spi.CrmPort.ContactDetails;
import dev.patchbay.effects.spi.CrmPort.ContactId;
import dev.patchbay.effects.spi.CrmPort.Dnd;
import dev.patchbay.effects.spi.CrmPort.DndChange;
import dev.patchbay.effects.spi.CrmPort.NewNote;
import dev.patchbay.effects.spi.CrmPort.Opportunity;
import dev.patchbay.effects.spi.CrmPort.OpportunityDetails;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.integrations.SandboxFixture;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HighLevelSandboxTests {

    private static final ContactDetails ADA =
            new ContactDetails("+14155550123", "ada@example.com", "Ada", "Lovelace", null, List.of("lead"));
    private final OutgoingHttp http = TestHttp.checking();
    private final HighLevelCrm crm = new HighLevelCrm(http);
    private SandboxFixture sandbox;
    private CallContext callContext;

    @BeforeEach
    void start(@TempDir Path books) {
        sandbox = new SandboxFixture(books);
        callContext = callContext("hl-access", Window.startingNow(Duration.ofSeconds(10)));
    }

    @AfterEach
    void close() throws IOException {
        sandbox.close();
        http.destroy();
    }

    private CallContext callContext(String token, Window window) {
        var account = sandbox.account("highlevel", "{\"locationId\":\"loc_1\"}", Map.of("access_token", token));
        return TestHttp.callContext(account, "{}", "run_1/do/contact", window, unheard -> {});
    }

    private Contact upsert(ContactDetails details) {
        return ((PortResult.Succeeded<Contact>) crm.upsertContact(callContext, details)).value();
    }

    private JsonNode stored(String id) {
        return sandbox.readState("/highlevel/contacts")
                .valueStream()
                .filter(it -> it.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String put(String members) {
        return sandbox.request("POST", "/highlevel/contacts/", members, "hl-access")
                .at("/contact/id")
                .asString();
    }

    @Test
    void valuesThatPeopleEnteredStay() {
        String id = put("""
                {"locationId": "loc_1", "phone": "+14155550123", "firstName": "Ada", "source": "Google Ads",
                 "tags": ["newsletter", "do-not-call"]}""");

        Contact contact = upsert(new ContactDetails(
                "+14155550123", "ada@example.com", "Eva", "Lovelace", "phone agent", List.of("vip")));

        assertThat(contact.id()).isEqualTo(id);
        assertThat(contact.notes()).containsExactly("The contact keeps its own first name.");
        JsonNode record = stored(id);
        assertThat(record.path("source").asString()).isEqualTo("Google Ads");
        assertThat(record.path("firstName").asString()).isEqualTo("Ada");
        assertThat(record.path("lastName").asString()).isEqualTo("Lovelace");
        assertThat(record.path("email").asString()).isEqualTo("ada@example.com");
        assertThat(record.path("tags").toString()).isEqualTo("[\"newsletter\",\"do-not-call\",\"vip\",\"patchbay\"]");
    }

    @Test
    void aFlowMaySayThatItOverwrites() {
        upsert(ADA);

        Contact contact =
                upsert(new ContactDetails("+14155550123", null, "Augusta", null, "web", null, null, null, true));

        assertThat(contact.firstName()).isEqualTo("Augusta");
        assertThat(contact.source()).isEqualTo("web");
        assertThat(contact.notes()).isEmpty();
    }

    @Test
    void aSecondRecordIsSaidAndLeftAlone() {
        String byEmail = put("{\"locationId\": \"loc_1\", \"email\": \"ada@example.com\", \"tags\": [\"newsletter\"]}");
        String byPhone = put("{\"locationId\": \"loc_1\", \"phone\": \"+14155550123\", \"tags\": [\"vip\"]}");

        Contact contact = upsert(ADA);

        assertThat(contact.id()).isEqualTo(byPhone);
        assertThat(contact.notes()).anySatisfy(note -> assertThat(note).contains(byEmail));
        assertThat(stored(byPhone).has("email")).isFalse();
        assertThat(stored(byEmail).path("tags").toString()).isEqualTo("[\"newsletter\"]");
    }

    @Test
    void aPersonIsKnownByASecondAddressToo() {
        String id = put("""
                {"locationId": "loc_1", "email": "ada@work.example", "source": "Google Ads", "tags": ["vip"],
                 "additionalEmails": [{"email": "ada@example.com"}]}""");

        Contact contact = upsert(ADA);

        assertThat(contact.id()).isEqualTo(id);
        assertThat(contact.created()).isFalse();
        assertThat(contact.notes()).contains("The contact keeps its own e-mail address.");
        assertThat(stored(id).path("source").asString()).isEqualTo("Google Ads");
        assertThat(stored(id).path("tags").toString()).contains("vip", "lead");
    }

    @Test
    void writesAndReadsCustomFieldsAndDnd() {
        var details = new ContactDetails(
                "+14155550123",
                null,
                null,
                null,
                null,
                null,
                Map.of("roof_size", Json.tree(120), "AbCdEfGhIjKlMnOpQrSt", Json.tree("slate")),
                new DndChange(true, null, false, null),
                null);
        Contact created = upsert(details);
        Contact again = upsert(details);

        assertThat(again)
                .isEqualTo(((PortResult.Succeeded<Contact>) crm.getContact(callContext, new ContactId(created.id())))
                        .value());
        assertThat(again.dnd()).isEqualTo(new Dnd(true, false, false, false));
        assertThat(again.customFields())
                .containsEntry("roof_size", Json.tree(120))
                .containsEntry("AbCdEfGhIjKlMnOpQrSt", Json.tree("slate"));
        assertThat(crm.findContact(callContext, details)).isInstanceOf(LookupResult.Found.class);
    }

    @Test
    void changesWhatAnExistingContactLacks() {
        String id = upsert(ADA).id();

        upsert(new ContactDetails(
                "+14155550123",
                null,
                null,
                null,
                null,
                null,
                Map.of("roof_size", Json.tree(1)),
                new DndChange(null, true, null, true),
                null));

        assertThat(stored(id).at("/customFields/0/value").asInt()).isEqualTo(1);
        assertThat(stored(id).at("/dndSettings/Call/status").asString()).isEqualTo("active");
    }

    @Test
    void addsNotesAndFindsThem() {
        String id = upsert(ADA).id();
        var note = new NewNote(id, "Wants a new roof");
        assertThat(crm.findNote(callContext, note)).isInstanceOf(LookupResult.Absent.class);

        assertThat(crm.addNote(callContext, note)).isInstanceOf(PortResult.Succeeded.class);

        assertThat(crm.findNote(callContext, note)).isInstanceOf(LookupResult.Found.class);
        assertThat(crm.addNote(callContext, new NewNote("none", "x"))).isInstanceOf(PortResult.Rejected.class);
    }

    @Test
    void keepsOneOpportunityOfAName() {
        String id = upsert(ADA).id();
        var open = new OpportunityDetails(id, "pip_1", "stg_1", "Roof", null, 100.0);
        assertThat(crm.findOpportunity(callContext, open)).isInstanceOf(LookupResult.Absent.class);

        var first = ((PortResult.Succeeded<Opportunity>) crm.upsertOpportunity(callContext, open)).value();
        var won = ((PortResult.Succeeded<Opportunity>) crm.upsertOpportunity(
                        callContext, new OpportunityDetails(id, "pip_1", null, "Roof", "won", null)))
                .value();

        assertThat(first.created()).isTrue();
        assertThat(won).isEqualTo(new Opportunity(first.id(), false, "Roof", "stg_1", "won"));
        assertThat(crm.findOpportunity(callContext, open)).isInstanceOf(LookupResult.Found.class);
        assertThat(crm.findOpportunity(callContext, new OpportunityDetails(id, "pip_1", "stg_2", "Roof", "won", 1.0)))
                .isInstanceOf(LookupResult.Absent.class);
        assertThat(sandbox.readState("/highlevel/opportunities")).hasSize(1);
    }

    @Test
    void findsAContactWhoseResponseWasLost() {
        assertThat(crm.findContact(callContext, ADA)).isInstanceOf(LookupResult.Absent.class);
        sandbox.injectFault("highlevel", "contacts.create", "lost_response", 0);
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.Unknown.class);
        assertThat(crm.findContact(callContext, ADA)).isInstanceOf(LookupResult.Found.class);
    }

    @Test
    void classifiesFaults() {
        sandbox.injectFault("highlevel", "contacts.create", "429", 0);
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.RetryLater.class);
        sandbox.injectFault("highlevel", "contacts.create", "500", 0);
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.Unknown.class);
        assertThat(crm.upsertContact(callContext("stale", callContext.window()), ADA))
                .isInstanceOf(PortResult.Unauthorized.class);
        assertThat(sandbox.readState("/highlevel/contacts")).isEmpty();
        sandbox.injectFault("highlevel", "contacts.create", "slow", 3000);
        CallContext brief = callContext("hl-access", Window.startingNow(Duration.ofSeconds(1)));
        assertThat(crm.upsertContact(brief, ADA)).isInstanceOf(PortResult.Unknown.class);
    }

    @Test
    void aRefreshTokenIsAcceptedOnce() {
        var tokens = new HighLevelTokenRefresher(http, Clock.systemUTC());
        var account = sandbox.account(
                "highlevel",
                "{}",
                Map.of("client_id", "hl", "client_secret", "hl-secret", "refresh_token", "hl-refresh"));
        var fresh = tokens.refresh(account, Optional.empty());
        assertThat(fresh.refreshToken()).isPresent();
        assertThat(crm.upsertContact(callContext(fresh.accessToken(), callContext.window()), ADA))
                .isInstanceOf(PortResult.Succeeded.class);
        assertThatThrownBy(() -> tokens.refresh(account, Optional.empty())).isInstanceOf(RefreshRefused.class);
    }
}
