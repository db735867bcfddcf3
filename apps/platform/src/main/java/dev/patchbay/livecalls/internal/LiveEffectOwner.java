package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.flows.spi.EffectOwner;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.util.Collection;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Owns the effects of functions that agents called, and the releases of held times. */
@Component
class LiveEffectOwner implements EffectOwner {

    private final LiveActionRepository actions;

    LiveEffectOwner(LiveActionRepository actions) {
        this.actions = actions;
    }

    @Override
    public Set<EffectOrigin> findOwned(TenantId tenant, ClientId client, Collection<EffectOrigin> origins) {
        return actions.findOrigins(tenant, client, origins);
    }
}
