/**
 * Appointments of clients (ADR 0025): who has which time of a calendar, by reservations that are taken and settled with the
 * effects they belong to, and the rules by which times are offered, held and booked.
 */
@NullMarked
package dev.patchbay.effects.internal.calendar;

import org.jspecify.annotations.NullMarked;
