package dev.patchbay.notifications.internal.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.notifications.internal.notice.DeliveryRepository.ClaimedDelivery;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Facts that are published twice while mail server and carrier fail and dispatchers die: each person gets each notice once. */
@PatchbayTest
class NoticeOutageTests extends NoticeFixture {

    private static final int FACTS = 1_000;
    private static final int TEXTED_FACTS = 40;

    @Autowired
    private PhoneService phones;

    @Autowired
    private DeliveryRepository deliveries;

    @Autowired
    private NoticeRepository notices;

    @AfterEach
    void removeFaults() {
        FlowFixture.removeFaults();
    }

    private String confirmNumber(UserId person) {
        String number = PhoneCalls.newCaller().path("from").asString();
        phones.sendCode(tenant, person, PhoneNumber.read(number).orElseThrow());
        phones.confirm(tenant, person, code(number));
        return number;
    }

    static String code(String number) {
        return texts(number).getLast().path("body").asString().replaceAll("\\D", "");
    }

    static List<JsonNode> texts(String number) {
        return TestEnvironment.held()
                .path("twilio")
                .path("messages")
                .valueStream()
                .filter(text -> text.path("to").asString().equals(number))
                .toList();
    }

    private Notice webhooksRefused(int number) {
        return new Notice(
                TenantScope.of(tenant),
                NoticeTopic.WEBHOOKS_REFUSED,
                "address/" + number,
                "refused " + number,
                java.util.Map.of("provider", "Retell", "count", String.valueOf(number)));
    }

    /** Claims what is due and dies: the work is another's once the lease ends, which is set to now. */
    private void dieWithClaims() {
        Instant now = Instant.now();
        tenancy.throughDefinerFunction(() -> notices.claimUnplanned(now, now.plusSeconds(1), 50));
        for (Channel channel : List.of(Channel.MAIL, Channel.SMS)) {
            List<ClaimedDelivery> unused =
                    tenancy.throughDefinerFunction(() -> deliveries.claimDue(channel, now, Duration.ofSeconds(1), 50));
            assertThat(unused).hasSizeLessThanOrEqualTo(50);
        }
    }

    @Test
    void eachPersonGetsOneNoticeAChannel() {
        FlowFixture.injectFault("mail", "send", "500", 200);
        FlowFixture.injectFault("mail", "send", "lost_response", 50);
        for (int round = 0; round < 2; round++) {
            for (int number = 0; number < FACTS; number++) {
                publish(webhooksRefused(number));
                if (number % 100 == 0) {
                    dieWithClaims();
                }
            }
        }
        await(() -> count("notice", "plan_at IS NOT NULL") == 0);
        await(() -> countDeliveries("state = 'WAITING'") == 0);
        assertThat(countDeliveries("channel = 'MAIL' AND state = 'DONE'")).isEqualTo(FACTS);
        assertThat(countDeliveries("channel = 'APP'")).isEqualTo(FACTS);
        assertThat(count("mail", "true")).isEqualTo(FACTS);
        // Refused mails are tried again after 20 seconds and more: let them be due now.
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    tenancy.inTenant(
                            tenant,
                            () -> jdbc.sql(
                                            "UPDATE patchbay.mail SET next_at = now() WHERE next_at > now() + interval '5 seconds' AND next_at < now() + interval '4 minutes'")
                                    .update());
                    return count("mail", "status <> 'SENT'") == 0;
                });
        var ids = new HashSet<String>();
        mailbox(admin).forEach(mail -> ids.add(mail.path("messageId").asString()));
        // Answers that were lost made repeats, under the same Message-ID.
        assertThat(ids).hasSize(FACTS);
        assertThat(mailbox(viewer)).isEmpty();
    }

    @Test
    void textsAreSentOnceWhileTheCarrierFails() {
        String number = confirmNumber(admin);
        FlowFixture.injectFault("twilio", "messages.create", "500", 10);
        FlowFixture.injectFault("twilio", "messages.create", "lost_response", 10);
        for (int round = 0; round < 2; round++) {
            for (int fact = 0; fact < TEXTED_FACTS; fact++) {
                publish(down("con_" + fact));
            }
            dieWithClaims();
        }
        await(() -> count("notice", "plan_at IS NOT NULL") == 0);
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> countDeliveries("channel = 'SMS' AND state = 'WAITING'") == 0);
        assertThat(countDeliveries("channel = 'SMS' AND state = 'DONE'")).isEqualTo(TEXTED_FACTS);
        assertThat(texts(number).stream()
                        .map(text -> text.path("body").asString())
                        .filter(text ->
                                text.matches("Patchbay: Front desk \\(HighLevel\\) is down\\. \\([0-9a-z]{8}\\)")))
                .hasSize(TEXTED_FACTS)
                .doesNotHaveDuplicates();
    }
}
