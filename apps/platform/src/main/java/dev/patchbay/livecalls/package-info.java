/**
 * Live calls: answers the voice provider while somebody is on the phone, with how an incoming call is taken and with the
 * functions that its agent calls (docs/live-calls.md).
 * Entry points: {@link dev.patchbay.livecalls.LiveInvocations} for people, {@link dev.patchbay.livecalls.LiveCallHistory} for
 * questions across contexts, {@link dev.patchbay.livecalls.Openings} for what agents would offer. It implements {@code ingress.spi.LiveCalls} and {@code flows.spi.EffectOwner}.
 * Neighbours: ingress (calls in), effects (acts out), flows (appointments that runs booked), connections (sealing), iam (callers
 * and clients).
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "effects",
            "effects :: spi",
            "flows :: history",
            "flows :: spi",
            "iam :: access",
            "iam :: tenants",
            "ingress :: spi"
        })
@NullMarked
package dev.patchbay.livecalls;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
