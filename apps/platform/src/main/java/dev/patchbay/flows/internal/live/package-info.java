/** What happens with somebody on the phone: how a call is taken, and what its agent asks for. */
@NullMarked
package dev.patchbay.flows.internal.live;

import org.jspecify.annotations.NullMarked;
