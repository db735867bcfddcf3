/** Notices: stored with their fact, planned for each person and channel, summarised when they flood, and sent. */
@NullMarked
package dev.patchbay.notifications.internal.notice;

import org.jspecify.annotations.NullMarked;
