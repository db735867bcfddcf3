package dev.patchbay.notifications.internal.notice;

import dev.patchbay.flags.FeatureFlag;
import dev.patchbay.flags.FlagCaller;
import dev.patchbay.flags.Flags;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.people.User;
import dev.patchbay.iam.people.Users;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.internal.notice.NoticeRepository.Unplanned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides who is told of a notice, on which channels and when: the people who may read its subject then. More than ten notices
 * of a topic and subject in ten minutes become one summary.
 */
@Component
final class NoticePlanner extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(NoticePlanner.class);

    static final Duration FLOOD_WINDOW = Duration.ofMinutes(10);
    static final int MAX_SINGLE_NOTICES = 10;
    private static final int BATCH_SIZE = 100;
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final NoticeRepository notices;
    private final DeliveryRepository deliveries;
    private final Preferences preferences;
    private final PhoneService phones;
    private final NoticeSmsSender sender;
    private final Flags flags;
    private final Access access;
    private final Users users;
    private final Tenancy tenancy;
    private final Clock clock;

    NoticePlanner(
            Settings settings,
            NoticeSettings noticeSettings,
            NoticeRepository notices,
            DeliveryRepository deliveries,
            Preferences preferences,
            PhoneService phones,
            NoticeSmsSender sender,
            Flags flags,
            Access access,
            Users users,
            Tenancy tenancy,
            Clock clock) {
        super("notice-planner", noticeSettings.interval(), settings.roles().contains("worker"));
        this.notices = notices;
        this.deliveries = deliveries;
        this.preferences = preferences;
        this.phones = phones;
        this.sender = sender;
        this.flags = flags;
        this.access = access;
        this.users = users;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @Override
    protected void runOnce() {
        boolean sendsTexts = sender.isConfigured();
        List<Unplanned> batch;
        do {
            Instant now = clock.instant();
            batch = tenancy.throughDefinerFunction(() -> notices.claimUnplanned(now, now.plus(LEASE), BATCH_SIZE));
            batch.forEach(unplanned -> planLogged(unplanned, sendsTexts, now));
        } while (batch.size() == BATCH_SIZE);
    }

    /** A notice that cannot be planned delays no other; it is planned again when its lease ends. */
    private void planLogged(Unplanned unplanned, boolean sendsTexts, Instant now) {
        try {
            tenancy.inTenant(unplanned.tenant(), () -> plan(unplanned, sendsTexts, now));
        } catch (RuntimeException failure) {
            LOG.warn("notice {}: planning failed; planning it again in {}", unplanned.id(), LEASE, failure);
        }
    }

    private void plan(Unplanned unplanned, boolean sendsTexts, Instant now) {
        var claimed = notices.find(unplanned.tenant(), unplanned.id()).orElseThrow();
        notices.lockFlood(claimed);
        // Another planner may have planned it, or collapsed it into a summary, before this one got the lock.
        notices.find(unplanned.tenant(), unplanned.id())
                .filter(notice -> !notice.planned())
                .ifPresent(notice -> planUnplanned(notice, sendsTexts, now));
    }

    private void planUnplanned(StoredNotice notice, boolean sendsTexts, Instant now) {
        Instant since = notice.createdAt().minus(FLOOD_WINDOW);
        var summary = notices.findSummary(notice, since);
        if (summary.isPresent()) {
            notices.collapseUnplanned(notice, summary.get());
        } else if (notices.countLike(notice, since) > MAX_SINGLE_NOTICES) {
            String id = Ids.next("ntc", now);
            notices.insertSummary(id, notice, now);
            notices.collapseUnplanned(notice, id);
            planDeliveries(notices.find(notice.tenant(), id).orElseThrow(), sendsTexts, now);
        } else {
            planDeliveries(notice, sendsTexts, now);
            notices.markPlanned(notice.tenant(), notice.id());
        }
    }

    private void planDeliveries(StoredNotice notice, boolean sendsTexts, Instant now) {
        for (UserId person : recipients(notice)) {
            var caller = new FlagCaller(Optional.of(person), Optional.of(notice.tenant()));
            boolean withLink = flags.isEnabled(FeatureFlag.SMS_LINKS, caller);
            boolean texted = flags.isEnabled(FeatureFlag.SMS_NOTICES, caller)
                    && sendsTexts
                    && phones.findConfirmed(notice.tenant(), person).isPresent();
            DeliverySchedule.plan(notice, preferences.find(notice.tenant(), person), texted, now)
                    .forEach(planned -> deliveries.insertIfAbsent(notice, person, planned, withLink, now));
        }
    }

    private List<UserId> recipients(StoredNotice notice) {
        return notice.recipient()
                .map(person -> users.find(TenantScope.of(notice.tenant()), person).filter(User::isActive).stream()
                        .map(User::id)
                        .toList())
                .orElseGet(() -> access
                        .listAuthorizedUsers(
                                notice.tenant(),
                                new Access.Question(
                                        notice.topic().readers(),
                                        notice.client().orElse(null),
                                        null))
                        .stream()
                        .map(Access.AuthorizedUser::subject)
                        .toList());
    }
}
