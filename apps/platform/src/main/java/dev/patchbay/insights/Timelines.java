package dev.patchbay.insights;

import dev.patchbay.kernel.TenantScope;

/** Answers what happened to a caller, a call, a contact, an appointment, a text or a run. */
public interface Timelines {

    /** The largest page, in items. */
    int MAX_ITEMS = 500;

    /**
     * @param limit items a page, cut to 1 to {@value #MAX_ITEMS}
     * @param after the {@code next} of the page before; empty text for the first
     */
    Timeline find(TenantScope scope, Subject subject, int limit, String after);
}
