/** What providers allow, held to ahead of time: shared between processes and, where it is short, fairly between clients. */
@NullMarked
package dev.patchbay.effects.internal.ratelimit;

import org.jspecify.annotations.NullMarked;
