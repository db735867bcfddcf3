package dev.patchbay.notifications;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.util.Collection;
import java.util.List;

/** The notices that a person was told, as the portal lists them. */
public interface Notices {

    /**
     * Newest first.
     *
     * @param after the id of the last one already listed; empty text starts at the newest
     */
    List<PersonalNotice> list(TenantId tenant, UserId person, int limit, String after);

    /** The number of notices that the person has not read. */
    int countUnread(TenantId tenant, UserId person);

    /** Marks these as read; ids of notices that the person was not told are ignored. */
    void markRead(TenantId tenant, UserId person, Collection<String> noticeIds);

    /** Marks that notice and all older ones as read. */
    void markReadUpTo(TenantId tenant, UserId person, String noticeId);
}
