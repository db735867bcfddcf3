package dev.patchbay.notifications.internal.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.NodeSettings;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.notifications.Mailer;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.SettableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How a text goes on after each outcome of an attempt. */
@PatchbayTest
class NoticeSmsOutcomeTests extends NoticeFixture {

    private static final Settings API =
            new Settings(Environment.PROD, URI.create("https://patchbay.example"), Path.of("."), Set.of("api"));

    @Autowired
    private DeliveryRepository deliveries;

    @Autowired
    private NoticeRepository notices;

    @Autowired
    private NoticeMailWriter writer;

    @Autowired
    private Mailer mailer;

    @Autowired
    private PhoneService phones;

    @Autowired
    private Actions actions;

    @Autowired
    private Connections connections;

    @Autowired
    private NodeSettings nodeSettings;

    /** Tries what is due at that moment; every attempt ends so. */
    private void attempt(Instant now, Outcome outcome) {
        var carrier = new NoticeSmsSender(actions, connections, nodeSettings, Clock.systemUTC()) {
            @Override
            Outcome attempt(String id, PhoneNumber to, String text, int attempt) {
                return outcome;
            }
        };
        new NoticeSmsDispatcher(
                        API,
                        new NoticeSettings(Duration.ofHours(1)),
                        deliveries,
                        notices,
                        phones,
                        carrier,
                        writer,
                        mailer,
                        tenancy,
                        new SettableClock(now))
                .runOnce();
    }

    /** Plans a text that is sent whether or not its mail was accepted; returns a moment at which it is due. */
    private Instant planText() {
        var number =
                PhoneNumber.read(PhoneCalls.newCaller().path("from").asString()).orElseThrow();
        phones.sendCode(tenant, admin, number);
        phones.confirm(tenant, admin, NoticeOutageTests.code(number.e164()));
        publish(new Notice(
                TenantScope.of(tenant),
                NoticeTopic.ROLE_ASSIGNED,
                "user/" + viewer,
                unique(),
                Map.of("role", "tenant-admin", "holder", "Vera")));
        await(() -> countDeliveries("channel = 'SMS' AND state = 'WAITING'") == 1);
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("UPDATE patchbay.notice_delivery SET escalation = false WHERE channel = 'SMS'")
                        .update());
        return Instant.now().plus(Duration.ofMinutes(16)).truncatedTo(ChronoUnit.SECONDS);
    }

    private void assertDue(Instant due) {
        assertThat(countDeliveries("channel = 'SMS' AND state = 'WAITING' AND due_at = '" + due + "'"))
                .isEqualTo(1);
    }

    @Test
    void aTextIsTriedAgainAfterFiveMinutesAtMostUntilADayIsOver() {
        Instant first = planText();
        attempt(first, new Outcome.Deferred(Duration.ofMinutes(1)));
        Instant second = first.plus(Duration.ofMinutes(1));
        assertDue(second);
        attempt(second, new Outcome.Retry(Duration.ofHours(1), FailureReason.RATE_LIMITED, "busy"));
        Instant third = second.plus(Duration.ofMinutes(5));
        assertDue(third);
        attempt(third, new Outcome.Failed(FailureReason.AUTH_EXPIRED, "the key is refused"));
        assertDue(third.plus(Duration.ofMinutes(5)));
        Instant fourth = third.plus(Duration.ofMinutes(5));
        attempt(fourth, new Outcome.ProviderAway(new ConnectionId("con_1"), "away"));
        assertDue(fourth.plus(Duration.ofMinutes(5)));
        attempt(first.plus(Duration.ofDays(1)), new Outcome.Deferred(Duration.ofMinutes(1)));
        assertThat(countDeliveries("channel = 'SMS' AND state = 'FAILED'")).isEqualTo(1);
    }

    @Test
    void aRefusedTextHasFailed() {
        attempt(planText(), new Outcome.Failed(FailureReason.BAD_INPUT, "no such number"));
        assertThat(countDeliveries("channel = 'SMS' AND state = 'FAILED'")).isEqualTo(1);
    }

    @Test
    void aTextWhoseOutcomeStaysUnknownHasFailed() {
        attempt(planText(), new Outcome.NeedsPerson("look it up"));
        assertThat(countDeliveries("channel = 'SMS' AND state = 'FAILED'")).isEqualTo(1);
    }
}
