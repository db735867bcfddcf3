package dev.patchbay.notifications.internal.notice;

import dev.patchbay.iam.people.User;
import dev.patchbay.iam.people.Users;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.Mailer;
import dev.patchbay.notifications.internal.notice.DeliveryRepository.ClaimedDelivery;
import dev.patchbay.notifications.internal.notice.DeliveryRepository.WaitingDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Hands the mails of notices over to the outbox, each in the transaction that ends its delivery, so that a notice becomes one
 * mail wherever the process dies. A digest is one mail for all of a person's notices that waited for it.
 */
@Component
final class NoticeMailDispatcher extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeMailDispatcher.class);
    private static final int BATCH_SIZE = 100;
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final DeliveryRepository deliveries;
    private final NoticeRepository notices;
    private final Preferences preferences;
    private final NoticeMailWriter writer;
    private final Mailer mailer;
    private final Users users;
    private final Tenancy tenancy;
    private final Clock clock;

    NoticeMailDispatcher(
            Settings settings,
            NoticeSettings noticeSettings,
            DeliveryRepository deliveries,
            NoticeRepository notices,
            Preferences preferences,
            NoticeMailWriter writer,
            Mailer mailer,
            Users users,
            Tenancy tenancy,
            Clock clock) {
        super(
                "notice-mail-dispatcher",
                noticeSettings.interval(),
                settings.roles().contains("worker"));
        this.deliveries = deliveries;
        this.notices = notices;
        this.preferences = preferences;
        this.writer = writer;
        this.mailer = mailer;
        this.users = users;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @Override
    protected void runOnce() {
        List<ClaimedDelivery> batch;
        do {
            Instant now = clock.instant();
            batch = tenancy.throughDefinerFunction(() -> deliveries.claimDue(Channel.MAIL, now, LEASE, BATCH_SIZE));
            batch.forEach(claimed -> deliverLogged(claimed, now));
        } while (batch.size() == BATCH_SIZE);
    }

    /** A delivery that fails delays no other; it is tried again when its lease ends. */
    private void deliverLogged(ClaimedDelivery claimed, Instant now) {
        try {
            tenancy.inTenant(
                    claimed.tenant(),
                    () -> deliveries.lockWaiting(claimed).ifPresent(delivery -> deliver(delivery, now)));
        } catch (RuntimeException failure) {
            LOG.warn("notice delivery {}: failed; trying again in {}", claimed.id(), LEASE, failure);
        }
    }

    private void deliver(WaitingDelivery delivery, Instant now) {
        delivery.window()
                .ifPresentOrElse(
                        window -> deliverDigest(delivery.tenant(), delivery.person(), window, now),
                        () -> deliverTogether(delivery.tenant(), delivery.person(), List.of(delivery), now));
    }

    private void deliverDigest(TenantId tenant, UserId person, Instant window, Instant now) {
        var waiting = deliveries.lockDigest(tenant, person, window);
        if (deliveries.insertDigest(tenant, person, window)) {
            deliverTogether(tenant, person, waiting, now);
        } else {
            // Planned before the digest of that moment was mailed, and stored after it.
            Instant next = preferences.find(tenant, person).nextDigest(now);
            waiting.forEach(delivery -> deliveries.reschedule(delivery, next));
        }
    }

    private void deliverTogether(TenantId tenant, UserId person, List<WaitingDelivery> waiting, Instant now) {
        Optional<String> address = users.find(TenantScope.of(tenant), person)
                .filter(User::isActive)
                .map(User::email);
        if (address.isEmpty()) {
            waiting.forEach(delivery -> deliveries.finish(delivery, DeliveryState.SKIPPED, null, now));
            return;
        }
        var content = waiting.stream()
                .map(delivery -> notices.find(tenant, delivery.noticeId()).orElseThrow())
                .toList();
        String mail = mailer.queue(tenant, writer.write(address.get(), content, now));
        waiting.forEach(delivery -> deliveries.finish(delivery, DeliveryState.DONE, mail, now));
    }
}
