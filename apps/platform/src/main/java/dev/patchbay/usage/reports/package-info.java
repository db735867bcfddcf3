/** Reports of usage and its cost: by day, client, agent, product and release, call by call, and as CSV. */
@NullMarked
package dev.patchbay.usage.reports;

import org.jspecify.annotations.NullMarked;
