package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.Notices;
import dev.patchbay.notifications.PersonalNotice;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** The list of each person's notices. */
@Component
class NoticeList implements Notices {

    private final NoticeListRepository repository;
    private final Tenancy tenancy;
    private final Clock clock;

    NoticeList(NoticeListRepository repository, Tenancy tenancy, Clock clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @Override
    public List<PersonalNotice> list(TenantId tenant, UserId person, int limit, String after) {
        return tenancy.inTenant(tenant, () -> repository.list(tenant, person, limit, after)).stream()
                .map(entry -> toPersonal(entry))
                .toList();
    }

    private static PersonalNotice toPersonal(NoticeListRepository.Entry entry) {
        StoredNotice notice = entry.notice();
        return new PersonalNotice(
                notice.id(),
                notice.topic().label(),
                notice.severity(),
                notice.client().map(ClientId::value).orElse(null),
                notice.subject(),
                NoticeTexts.title(notice),
                NoticeTexts.text(notice),
                notice.facts(),
                notice.createdAt(),
                notice.lastAt(),
                entry.readAt());
    }

    @Override
    public int countUnread(TenantId tenant, UserId person) {
        return tenancy.inTenant(tenant, () -> repository.countUnread(tenant, person));
    }

    @Override
    public void markRead(TenantId tenant, UserId person, Collection<String> noticeIds) {
        tenancy.inTenant(tenant, () -> repository.markRead(tenant, person, noticeIds, clock.instant()));
    }

    @Override
    public void markReadUpTo(TenantId tenant, UserId person, String noticeId) {
        tenancy.inTenant(tenant, () -> repository.markReadUpTo(tenant, person, noticeId, clock.instant()));
    }
}
