package dev.patchbay.notifications.internal.notice;

import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
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
 * Texts critical notices to people who confirmed a number. The ledger sends each text at most once; attempts go on for a day
 * while the carrier is away.
 */
@Component
final class NoticeSmsDispatcher extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeSmsDispatcher.class);

    /** One at a time per process, so that no lease ends while its text waits for its turn. */
    private static final int MAX_PER_RUN = 50;

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration MAX_AGE = Duration.ofDays(1);
    private static final Duration MAX_DELAY = Duration.ofMinutes(5);

    private final DeliveryRepository deliveries;
    private final NoticeRepository notices;
    private final PhoneService phones;
    private final NoticeSmsSender sender;
    private final NoticeMailWriter writer;
    private final Mailer mailer;
    private final Tenancy tenancy;
    private final Clock clock;

    NoticeSmsDispatcher(
            Settings settings,
            NoticeSettings noticeSettings,
            DeliveryRepository deliveries,
            NoticeRepository notices,
            PhoneService phones,
            NoticeSmsSender sender,
            NoticeMailWriter writer,
            Mailer mailer,
            Tenancy tenancy,
            Clock clock) {
        super(
                "notice-sms-dispatcher",
                noticeSettings.interval(),
                settings.roles().contains("worker"));
        this.deliveries = deliveries;
        this.notices = notices;
        this.phones = phones;
        this.sender = sender;
        this.writer = writer;
        this.mailer = mailer;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @Override
    protected void runOnce() {
        for (int sent = 0; sent < MAX_PER_RUN; sent++) {
            List<ClaimedDelivery> claimed =
                    tenancy.throughDefinerFunction(() -> deliveries.claimDue(Channel.SMS, clock.instant(), LEASE, 1));
            if (claimed.isEmpty()) {
                return;
            }
            deliver(claimed.getFirst());
        }
    }

    /** @param text the same in every attempt */
    private record Sms(WaitingDelivery delivery, PhoneNumber to, String text, Instant giveUpAt) {}

    private void deliver(ClaimedDelivery claimed) {
        tenancy.inTenant(claimed.tenant(), () -> prepare(claimed)).ifPresent(sms -> {
            Outcome outcome = sender.attempt(claimed.id(), sms.to(), sms.text(), claimed.attempt());
            tenancy.inTenant(claimed.tenant(), () -> record(claimed, sms, outcome));
        });
    }

    /** Empty when there is nothing to send; then the delivery has ended. */
    private Optional<Sms> prepare(ClaimedDelivery claimed) {
        var waiting = deliveries.lockWaiting(claimed);
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        WaitingDelivery delivery = waiting.get();
        var number = phones.findConfirmed(delivery.tenant(), delivery.person());
        if (number.isEmpty() || (delivery.escalation() && isMailAccepted(delivery))) {
            deliveries.finish(delivery, DeliveryState.SKIPPED, null, clock.instant());
            return Optional.empty();
        }
        var notice = notices.find(delivery.tenant(), delivery.noticeId()).orElseThrow();
        return Optional.of(new Sms(
                delivery,
                number.get(),
                writer.writeSms(notice, delivery.id(), delivery.withLink()),
                notice.createdAt().plus(MAX_AGE)));
    }

    private boolean isMailAccepted(WaitingDelivery delivery) {
        TenantId tenant = delivery.tenant();
        return deliveries
                .findMail(delivery)
                .filter(mail -> mailer.isSent(tenant, mail))
                .isPresent();
    }

    private void record(ClaimedDelivery claimed, Sms sms, Outcome outcome) {
        Instant now = clock.instant();
        switch (outcome) {
            case Outcome.Succeeded succeeded -> deliveries.finish(sms.delivery(), DeliveryState.DONE, null, now);
            case Outcome.Deferred deferred -> retry(sms, outcome, deferred.after());
            case Outcome.ProviderAway away -> retry(sms, outcome, MAX_DELAY);
            case Outcome.Retry retry -> retry(sms, outcome, retry.after());
            case Outcome.Failed failed
            when failed.reason() == FailureReason.AUTH_EXPIRED -> retry(sms, outcome, MAX_DELAY);
            case Outcome.Failed failed -> fail(claimed, sms, failed.reason().code());
            case Outcome.NeedsPerson needsPerson -> fail(claimed, sms, "its outcome cannot be found out");
        }
    }

    private void retry(Sms sms, Outcome outcome, Duration delay) {
        Instant due = clock.instant().plus(delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY);
        if (due.isAfter(sms.giveUpAt())) {
            LOG.warn(
                    "notice delivery {}: not texted within a day ({})",
                    sms.delivery().id(),
                    outcome.kind());
            deliveries.finish(sms.delivery(), DeliveryState.FAILED, null, clock.instant());
        } else {
            deliveries.reschedule(sms.delivery(), due);
        }
    }

    private void fail(ClaimedDelivery claimed, Sms sms, String reason) {
        LOG.warn("notice delivery {}: not texted: {}", claimed.id(), reason);
        deliveries.finish(sms.delivery(), DeliveryState.FAILED, null, clock.instant());
    }
}
