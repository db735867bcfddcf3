package dev.patchbay.notifications;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.util.Collection;
import java.util.List;

/** Lists the notices that were sent to a person, as the portal shows them. */
public interface Notices {

    /**
     * Returns a page of notices, newest first.
     *
     * @param after the id of the last one already listed; empty text starts at the newest
     */
    List<PersonalNotice> list(TenantId tenant, UserId person, int limit, String after);

    /** Returns the number of notices that the person has not read. */
    int countUnread(TenantId tenant, UserId person);

    /** Marks these notices as read; ids of notices that were not sent to the person are ignored. */
    void markRead(TenantId tenant, UserId person, Collection<String> noticeIds);

    /** Marks that notice and all older ones as read. */
    void markReadUpTo(TenantId tenant, UserId person, String noticeId);
}
