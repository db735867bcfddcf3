/** Requests that a voice provider sends while a person is on the phone: authenticated as webhooks are, answered at once. */
@NullMarked
package dev.patchbay.ingress.live;

import org.jspecify.annotations.NullMarked;
