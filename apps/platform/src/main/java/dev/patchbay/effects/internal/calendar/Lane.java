package dev.patchbay.effects.internal.calendar;

import dev.patchbay.kernel.TenantId;

/**
 * A calendar in which one reservation is made at a time.
 *
 * @param calendar as the adapter names it: {@code <provider>:<id>}
 * @param title how operators call it
 * @param seats how many appointments may stand at one time
 */
record Lane(TenantId tenant, String calendar, String title, int seats) {}
