package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.connections.http.Window;
import dev.patchbay.connections.spi.TokenRefresher.RefreshRefused;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CrmPort.Contact;
import dev.patchbay.flows.spi.CrmPort.ContactDetails;
import dev.patchbay.flows.spi.CrmPort.ContactId;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.integrations.SandboxWorld;
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

class HighLevelSandboxTests {

    private static final ContactDetails ADA =
            new ContactDetails("+14155550123", "ada@example.com", "Ada", "Lovelace", null, List.of("lead"));
    private final OutgoingHttp http = TestHttp.checking();
    private final HighLevelCrm crm = new HighLevelCrm(http);
    private SandboxWorld world;
    private Act act;

    @BeforeEach
    void start(@TempDir Path books) {
        world = new SandboxWorld(books);
        act = act("hl-access", Window.opening(Duration.ofSeconds(10)));
    }

    @AfterEach
    void close() throws IOException {
        world.close();
        http.destroy();
    }

    private Act act(String token, Window window) {
        var account = world.account("highlevel", "{\"locationId\":\"loc_1\"}", Map.of("access_token", token));
        return TestHttp.act(account, "{}", "run_1/do/contact", window, unheard -> {});
    }

    @Test
    void keepsOneContactHoweverOftenItIsUpserted() {
        String id = ((Answer.Done<Contact>) crm.upsertContact(act, ADA)).providerId();
        ContactDetails again = new ContactDetails("+14155550123", null, "Augusta", null, null, List.of("vip"));
        assertThat(crm.upsertContact(act, again))
                .isEqualTo(new Answer.Done<>(
                        new Contact(id, false, "+14155550123", "ada@example.com", "Augusta", "Lovelace"), id));
        assertThat(crm.getContact(act, new ContactId(id))).isInstanceOf(Answer.Done.class);
        assertThat(world.books("/highlevel/contacts")).hasSize(1);
        assertThat(world.books("/highlevel/contacts/0/tags").toString()).isEqualTo("[\"lead\",\"patchbay\",\"vip\"]");
    }

    @Test
    void findsAContactWhoseAnswerWasLost() {
        assertThat(crm.findContact(act, ADA)).isInstanceOf(LookUp.Absent.class);
        world.fault("highlevel", "contacts.upsert", "lost_response", 0);
        assertThat(crm.upsertContact(act, ADA)).isInstanceOf(Answer.Lost.class);
        assertThat(crm.findContact(act, ADA)).isInstanceOf(LookUp.Found.class);
    }

    @Test
    void tellsFaultsApart() {
        world.fault("highlevel", "contacts.upsert", "429", 0);
        assertThat(crm.upsertContact(act, ADA)).isInstanceOf(Answer.TryLater.class);
        world.fault("highlevel", "contacts.upsert", "500", 0);
        assertThat(crm.upsertContact(act, ADA)).isInstanceOf(Answer.Lost.class);
        assertThat(crm.upsertContact(act("stale", act.window()), ADA)).isInstanceOf(Answer.Unauthorized.class);
        assertThat(world.books("/highlevel/contacts")).isEmpty();
        world.fault("highlevel", "contacts.upsert", "slow", 3000);
        Act brief = act("hl-access", Window.opening(Duration.ofSeconds(1)));
        assertThat(crm.upsertContact(brief, ADA)).isInstanceOf(Answer.Lost.class);
    }

    @Test
    void renewsTokensOnceForEachRefreshToken() {
        var tokens = new HighLevelTokens(http, Clock.systemUTC());
        var account = world.account(
                "highlevel",
                "{}",
                Map.of("client_id", "hl", "client_secret", "hl-secret", "refresh_token", "hl-refresh"));
        var fresh = tokens.refresh(account, Optional.empty());
        assertThat(fresh.refreshToken()).isPresent();
        assertThat(crm.upsertContact(act(fresh.accessToken(), act.window()), ADA))
                .isInstanceOf(Answer.Done.class);
        assertThatThrownBy(() -> tokens.refresh(account, Optional.empty())).isInstanceOf(RefreshRefused.class);
    }
}
