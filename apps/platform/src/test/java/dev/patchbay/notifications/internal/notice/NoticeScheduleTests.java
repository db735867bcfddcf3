package dev.patchbay.notifications.internal.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.ExpiredRowDeletion;
import dev.patchbay.notifications.DeliveryChoice;
import dev.patchbay.notifications.Mailer;
import dev.patchbay.notifications.NoticePreferences;
import dev.patchbay.notifications.QuietHours;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.SettableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Quiet hours hold notices, digests gather them, and a mail that no server takes becomes a text. */
@PatchbayTest
class NoticeScheduleTests extends NoticeFixture {

    @Autowired
    private Preferences preferences;

    @Autowired
    private DeliveryRepository deliveries;

    @Autowired
    private NoticeRepository notices;

    @Autowired
    private NoticeMailWriter writer;

    @Autowired
    private Mailer mailer;

    @Autowired
    private dev.patchbay.iam.people.Users users;

    @Autowired
    private PhoneService phones;

    @Autowired
    private NoticeSmsSender sender;

    private static final Settings API =
            new Settings(Environment.PROD, URI.create("https://patchbay.example"), Path.of("."), Set.of("api"));

    private NoticeMailDispatcher mailsAt(Instant now) {
        var clock = new SettableClock(now);
        return new NoticeMailDispatcher(
                API,
                new NoticeSettings(Duration.ofHours(1)),
                deliveries,
                notices,
                preferences,
                writer,
                mailer,
                users,
                tenancy,
                clock);
    }

    private NoticeSmsDispatcher textsAt(Mailer outbox, Instant now) {
        return new NoticeSmsDispatcher(
                API,
                new NoticeSettings(Duration.ofHours(1)),
                deliveries,
                notices,
                phones,
                sender,
                writer,
                outbox,
                tenancy,
                new SettableClock(now));
    }

    /** Quiet around the present moment, with digests an hour after the quiet hours end. */
    private Instant beQuiet(Map<NoticeTopic, DeliveryChoice> mail) {
        var now = Instant.now().atZone(ZoneOffset.UTC);
        LocalTime end = now.toLocalTime().plusHours(2).withSecond(0).withNano(0);
        preferences.save(
                tenant,
                admin,
                new NoticePreferences(
                        ZoneId.of("UTC"),
                        Optional.of(new QuietHours(
                                now.toLocalTime().minusHours(1).withSecond(0).withNano(0), end)),
                        List.of(end.plusHours(1)),
                        mail));
        return preferences.find(tenant, admin).findQuietEnd(Instant.now()).orElseThrow();
    }

    @Test
    void quietHoursHoldWarningsAndOneMailTellsThemAll() {
        Instant end = beQuiet(Map.of());
        publish(deadLetters(north, unique()));
        publish(deadLetters(south, unique()));
        awaitPlanned();
        assertThat(countDeliveries("user_id = '" + admin + "' AND channel = 'MAIL' AND digest AND state = 'WAITING'"))
                .isEqualTo(2);
        mailsAt(end.minusSeconds(1)).runOnce();
        assertThat(mailbox(admin)).isEmpty();
        mailsAt(end).runOnce();
        await(() -> mailbox(admin).size() == 1);
        assertThat(mailbox(admin).getFirst().path("subject").asString())
                .startsWith("Patchbay: 2 notices: Runs of book");
        assertThat(mailbox(admin).getFirst().path("text").asString()).contains("All notices:");
        assertThat(countDeliveries("user_id = '" + admin + "' AND channel = 'MAIL' AND state = 'DONE'"))
                .isEqualTo(2);
    }

    @Test
    void aNoticeThatMissesItsDigestWaitsForTheNext() {
        Instant end = beQuiet(Map.of());
        publish(deadLetters(north, unique()));
        awaitPlanned();
        tenancy.inTenant(tenant, () -> deliveries.insertDigest(tenant, admin, end));
        mailsAt(end).runOnce();
        assertThat(mailbox(admin)).isEmpty();
        Instant next = end.plus(Duration.ofHours(1));
        assertThat(countDeliveries("digest AND due_at = '" + next + "' AND window_at = due_at"))
                .isEqualTo(1);
        mailsAt(next).runOnce();
        await(() -> mailbox(admin).size() == 1);
    }

    @Test
    void aTopicThatIsOffIsListedOnly() {
        preferences.save(
                tenant,
                admin,
                new NoticePreferences(
                        ZoneId.of("UTC"),
                        Optional.empty(),
                        List.of(LocalTime.NOON),
                        Map.of(NoticeTopic.DEAD_LETTERS_GROWING, DeliveryChoice.OFF)));
        publish(deadLetters(south, unique()));
        awaitPlanned();
        assertThat(countDeliveries("user_id = '" + admin + "'")).isEqualTo(1);
        assertThat(countDeliveries("user_id = '" + admin + "' AND channel = 'APP'"))
                .isEqualTo(1);
    }

    @Test
    void infoNoticesWaitForTheDigest() {
        publish(new Notice(
                TenantScope.of(tenant), NoticeTopic.DRAFT_READY, "draft/1", unique(), Map.of("draft", "greeting")));
        awaitPlanned();
        assertThat(countDeliveries("channel = 'MAIL' AND digest AND due_at > now()"))
                .isEqualTo(1);
    }

    @Test
    void theMailOfASuspendedPersonIsSkipped() {
        Instant end = beQuiet(Map.of());
        publish(deadLetters(south, unique()));
        awaitPlanned();
        people.setState(tenant, admin, dev.patchbay.iam.people.UserState.SUSPENDED);
        mailsAt(end).runOnce();
        assertThat(countDeliveries("channel = 'MAIL' AND state = 'SKIPPED'")).isEqualTo(1);
        assertThat(mailbox(admin)).isEmpty();
    }

    private String confirmNumber() {
        String number = PhoneCalls.newCaller().path("from").asString();
        phones.sendCode(tenant, admin, PhoneNumber.read(number).orElseThrow());
        phones.confirm(tenant, admin, NoticeOutageTests.code(number));
        return number;
    }

    private Notice roleAssigned() {
        return new Notice(
                TenantScope.of(tenant),
                NoticeTopic.ROLE_ASSIGNED,
                "user/" + viewer,
                unique(),
                Map.of("role", "tenant-admin", "holder", "Vera"));
    }

    /** An outbox whose server has accepted a mail or not. */
    private static Mailer outbox(boolean accepted) {
        return new Mailer() {
            @Override
            public String queue(dev.patchbay.kernel.TenantId tenant, dev.patchbay.notifications.Mail mail) {
                throw new IllegalStateException();
            }

            @Override
            public String queueOnce(
                    dev.patchbay.kernel.TenantId tenant, String key, dev.patchbay.notifications.Mail mail) {
                throw new IllegalStateException();
            }

            @Override
            public java.util.Optional<String> findQueued(dev.patchbay.kernel.TenantId tenant, String key) {
                throw new IllegalStateException();
            }

            @Override
            public boolean isSent(dev.patchbay.kernel.TenantId tenant, String mailId) {
                return accepted;
            }
        };
    }

    @Test
    void aCriticalMailThatNoServerTakesIsTexted() {
        String number = confirmNumber();
        publish(roleAssigned());
        await(() -> countDeliveries("channel = 'MAIL' AND state = 'DONE'") == 1);
        Instant later = Instant.now().plus(Duration.ofMinutes(16));
        textsAt(outbox(false), later.minus(Duration.ofMinutes(3))).runOnce();
        assertThat(NoticeOutageTests.texts(number)).hasSize(1);
        textsAt(outbox(false), later).runOnce();
        assertThat(countDeliveries("channel = 'SMS' AND state = 'DONE'")).isEqualTo(1);
        assertThat(NoticeOutageTests.texts(number)).hasSize(2);
    }

    @Test
    void aCriticalMailThatWasAcceptedIsNotTexted() {
        String number = confirmNumber();
        publish(roleAssigned());
        await(() -> countDeliveries("channel = 'MAIL' AND state = 'DONE'") == 1);
        textsAt(outbox(true), Instant.now().plus(Duration.ofMinutes(16))).runOnce();
        assertThat(countDeliveries("channel = 'SMS' AND state = 'SKIPPED'")).isEqualTo(1);
        assertThat(NoticeOutageTests.texts(number)).hasSize(1);
    }

    @Test
    void aRemovedNumberIsNotTexted() {
        confirmNumber();
        publish(roleAssigned());
        await(() -> countDeliveries("channel = 'SMS'") == 1);
        phones.remove(tenant, admin);
        textsAt(outbox(false), Instant.now().plus(Duration.ofMinutes(16))).runOnce();
        assertThat(countDeliveries("channel = 'SMS' AND state = 'SKIPPED'")).isEqualTo(1);
    }

    @Test
    void noticesAreDeletedAfterThreeMonths() {
        publish(down(unique()));
        await(() -> mailbox(admin).size() == 1);
        awaitPlanned();
        var job = new NoticeRetentionJob(
                API,
                new ExpiredRowDeletion(tenancy, jdbc),
                Clock.fixed(Instant.now().plus(Duration.ofDays(89)), ZoneOffset.UTC));
        job.runOnce();
        assertThat(count("notice", "true")).isEqualTo(1);
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.notice SET created_at = now() - interval '2 days'")
                    .update();
        });
        job.runOnce();
        assertThat(count("notice", "true")).isZero();
        assertThat(countDeliveries("true")).isZero();
    }

    @Test
    void deliveriesEndOnce() {
        assertThat(DeliveryState.WAITING.mayBecome(DeliveryState.DONE)).isTrue();
        assertThat(DeliveryState.WAITING.mayBecome(DeliveryState.WAITING)).isFalse();
        assertThat(DeliveryState.DONE.mayBecome(DeliveryState.FAILED)).isFalse();
    }
}
