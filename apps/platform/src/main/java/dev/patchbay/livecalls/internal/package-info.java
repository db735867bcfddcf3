/** Live calls: {@code LiveCallService} implements the port of ingress, {@code LiveActionExecutor} carries out what an agent asks for. */
@NullMarked
package dev.patchbay.livecalls.internal;

import org.jspecify.annotations.NullMarked;
