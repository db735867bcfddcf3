package dev.patchbay.notifications.internal.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeSeverity;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.notifications.Notices;
import dev.patchbay.notifications.PersonalNotice;
import dev.patchbay.testing.PatchbayTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A fact becomes one notice for each person who may read its subject, once on each channel. */
@PatchbayTest
class NoticeTests extends NoticeFixture {

    @Autowired
    private Notices list;

    @Test
    void aCriticalNoticeIsMailedOnceAndListed() {
        String connection = unique();
        publish(down(connection));
        publish(down(connection));
        await(() -> mailbox(admin).size() == 1);
        awaitPlanned();
        var mail = mailbox(admin).getFirst();
        assertThat(mail.path("subject").asString()).isEqualTo("Patchbay: Front desk (HighLevel) is down");
        assertThat(mail.path("text").asString())
                .contains("HighLevel cannot be used through the connection Front desk: it rejects the key.");
        assertThat(list.list(tenant, admin, 10, ""))
                .extracting(PersonalNotice::topic, PersonalNotice::severity, PersonalNotice::title)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "connection-down", NoticeSeverity.CRITICAL, "Front desk (HighLevel) is down"));
        assertThat(countDeliveries("channel = 'MAIL' AND state = 'DONE'")).isEqualTo(1);
        assertThat(mailbox(viewer)).isEmpty();
    }

    @Test
    void aNoticeOfARolledBackFactIsNeverTold() {
        assertThatThrownBy(() -> tenancy.inTenant(tenant, () -> {
                    events.publishEvent(down("gone"));
                    throw new IllegalStateException("changed their mind");
                }))
                .hasMessage("changed their mind");
        assertThat(count("notice", "true")).isZero();
    }

    @Test
    void aNoticeOutsideOfTheTenantsTransactionIsRefused() {
        assertThatThrownBy(() -> events.publishEvent(down("lost"))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void peopleOfAnotherClientLearnNothing() {
        publish(deadLetters(north, unique()));
        publish(deadLetters(south, unique()));
        await(() -> mailbox(admin).size() == 2 && mailbox(viewer).size() == 1);
        awaitPlanned();
        assertThat(list.list(tenant, viewer, 10, ""))
                .hasSize(1)
                .first()
                .satisfies(notice -> assertThat(notice.clientId()).isEqualTo(north.value()));
        assertThat(countDeliveries("user_id = '" + viewer + "'")).isEqualTo(2);
    }

    @Test
    void aPersonalNoticeReachesOnlyItsRecipient() {
        publish(new Notice(
                        TenantScope.of(tenant),
                        NoticeTopic.SIGN_IN_FROM_NEW_DEVICE,
                        "user/" + viewer,
                        unique(),
                        Map.of("browser", "Firefox", "address", "192.0.2.1"))
                .onlyTo(viewer));
        await(() -> mailbox(viewer).size() == 1);
        assertThat(countDeliveries("user_id <> '" + viewer + "'")).isZero();
    }

    @Test
    void readNoticesAreNotCountedAsUnread() {
        for (int number = 0; number < 3; number++) {
            publish(down(unique()));
        }
        await(() -> list.countUnread(tenant, admin) == 3);
        List<String> ids = list.list(tenant, admin, 10, "").stream()
                .map(PersonalNotice::id)
                .toList();
        list.markRead(tenant, admin, List.of(ids.getFirst(), "ntc_unknown"));
        assertThat(list.countUnread(tenant, admin)).isEqualTo(2);
        list.markReadUpTo(tenant, admin, ids.get(1));
        assertThat(list.countUnread(tenant, admin)).isZero();
        assertThat(list.list(tenant, admin, 1, ids.getFirst()))
                .singleElement()
                .satisfies(notice -> assertThat(notice.readAt()).isNotNull());
    }

    @Test
    void aFloodBecomesOneNotice() {
        String connection = unique();
        tenancy.inTenant(tenant, () -> {
            for (int number = 0; number < 30; number++) {
                events.publishEvent(new Notice(
                        TenantScope.of(tenant),
                        NoticeTopic.CONNECTION_DOWN,
                        "connection/" + connection,
                        connection + " " + number,
                        downData()));
            }
        });
        await(() -> mailbox(admin).size() == 1);
        awaitPlanned();
        publish(new Notice(
                TenantScope.of(tenant),
                NoticeTopic.CONNECTION_DOWN,
                "connection/" + connection,
                connection + " late",
                downData()));
        await(() -> list.list(tenant, admin, 10, "").getFirst().facts() == 31);
        assertThat(list.list(tenant, admin, 10, ""))
                .singleElement()
                .satisfies(notice -> assertThat(notice.title())
                        .isEqualTo("Front desk (HighLevel) is down (and 31 such notices in ten minutes)"));
        assertThat(mailbox(admin)).hasSize(1);
    }

    @Test
    void everyTopicHasItsSentences() {
        for (NoticeTopic topic : NoticeTopic.values()) {
            var data = new java.util.TreeMap<String, String>();
            topic.dataNames().forEach(name -> data.put(name, name.toUpperCase(java.util.Locale.ROOT)));
            var notice = new StoredNotice(
                    tenant,
                    "ntc_1",
                    java.util.Optional.empty(),
                    topic,
                    "subject",
                    topic.severity(),
                    data,
                    java.util.Optional.empty(),
                    1,
                    false,
                    java.time.Instant.EPOCH,
                    java.time.Instant.EPOCH,
                    false);
            String sentences = NoticeTexts.title(notice) + " " + NoticeTexts.text(notice);
            assertThat(sentences).doesNotContain("?", "{", "}");
            assertThat(data.values()).allMatch(sentences::contains);
        }
    }
}
