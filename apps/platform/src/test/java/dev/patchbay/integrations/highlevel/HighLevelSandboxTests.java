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
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.integrations.SandboxFixture;
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
    private SandboxFixture sandbox;
    private CallContext callContext;

    @BeforeEach
    void start(@TempDir Path books) {
        sandbox = new SandboxFixture(books);
        callContext = act("hl-access", Window.startingNow(Duration.ofSeconds(10)));
    }

    @AfterEach
    void close() throws IOException {
        sandbox.close();
        http.destroy();
    }

    private CallContext act(String token, Window window) {
        var account = sandbox.account("highlevel", "{\"locationId\":\"loc_1\"}", Map.of("access_token", token));
        return TestHttp.act(account, "{}", "run_1/do/contact", window, unheard -> {});
    }

    @Test
    void repeatedUpsertsKeepOneContact() {
        String id = ((PortResult.Succeeded<Contact>) crm.upsertContact(callContext, ADA)).providerId();
        ContactDetails again = new ContactDetails("+14155550123", null, "Augusta", null, null, List.of("vip"));
        assertThat(crm.upsertContact(callContext, again))
                .isEqualTo(new PortResult.Succeeded<>(
                        new Contact(id, false, "+14155550123", "ada@example.com", "Augusta", "Lovelace"), id));
        assertThat(crm.getContact(callContext, new ContactId(id))).isInstanceOf(PortResult.Succeeded.class);
        assertThat(sandbox.readState("/highlevel/contacts")).hasSize(1);
        assertThat(sandbox.readState("/highlevel/contacts/0/tags").toString())
                .isEqualTo("[\"lead\",\"patchbay\",\"vip\"]");
    }

    @Test
    void findsAContactWhoseResponseWasLost() {
        assertThat(crm.findContact(callContext, ADA)).isInstanceOf(LookupResult.Absent.class);
        sandbox.injectFault("highlevel", "contacts.upsert", "lost_response", 0);
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.Unknown.class);
        assertThat(crm.findContact(callContext, ADA)).isInstanceOf(LookupResult.Found.class);
    }

    @Test
    void classifiesFaults() {
        sandbox.injectFault("highlevel", "contacts.upsert", "429", 0);
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.RetryLater.class);
        sandbox.injectFault("highlevel", "contacts.upsert", "500", 0);
        assertThat(crm.upsertContact(callContext, ADA)).isInstanceOf(PortResult.Unknown.class);
        assertThat(crm.upsertContact(act("stale", callContext.window()), ADA))
                .isInstanceOf(PortResult.Unauthorized.class);
        assertThat(sandbox.readState("/highlevel/contacts")).isEmpty();
        sandbox.injectFault("highlevel", "contacts.upsert", "slow", 3000);
        CallContext brief = act("hl-access", Window.startingNow(Duration.ofSeconds(1)));
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
        assertThat(crm.upsertContact(act(fresh.accessToken(), callContext.window()), ADA))
                .isInstanceOf(PortResult.Succeeded.class);
        assertThatThrownBy(() -> tokens.refresh(account, Optional.empty())).isInstanceOf(RefreshRefused.class);
    }
}
