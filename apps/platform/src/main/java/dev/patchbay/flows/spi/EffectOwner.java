package dev.patchbay.flows.spi;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.util.Collection;
import java.util.Set;

/** Makes effects without a run. A provider reports those too, and their events are echoes as well. */
public interface EffectOwner {

    /** Those of the origins that acted for the client. Joins the caller's transaction. */
    Set<EffectOrigin> findOwned(TenantId tenant, ClientId client, Collection<EffectOrigin> origins);
}
