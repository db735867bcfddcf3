/**
 * Dispatches stored events to their consumers: claims in turns between clients, retries, replays and the backlog. Entry points:
 * {@link dev.patchbay.ingress.dispatch.Dispatcher}, {@link dev.patchbay.ingress.dispatch.Replays}.
 */
@NamedInterface("dispatch")
@NullMarked
package dev.patchbay.ingress.dispatch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
