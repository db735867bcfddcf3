package dev.patchbay.notifications;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;

/** Reads and stores the preferences of each person. */
public interface PreferenceService {

    /** Returns the person's preferences, or the default ones. */
    NoticePreferences find(TenantId tenant, UserId person);

    /** Replaces the person's preferences, and records the change in the audit trail. */
    void save(TenantId tenant, UserId person, NoticePreferences preferences);
}
