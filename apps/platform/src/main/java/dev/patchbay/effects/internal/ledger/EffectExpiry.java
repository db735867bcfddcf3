package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.NodeSettings;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import org.springframework.stereotype.Component;

/** Shows effects whose owner's time has run out as unknown, for people who look at them; a claim does the same by itself. */
@Component
class EffectExpiry extends PeriodicTask {

    private static final int MAX_BATCH = 100;

    private final EffectRepository effectRepository;
    private final Tenancy tenancy;

    EffectExpiry(EffectRepository effectRepository, Tenancy tenancy, NodeSettings node, Settings settings) {
        super("effect-expiry", node.pollInterval(), settings.roles().contains("worker"));
        this.effectRepository = effectRepository;
        this.tenancy = tenancy;
    }

    @Override
    protected void once() {
        tenancy.throughDoor(() -> effectRepository.expire(MAX_BATCH));
    }

    /** After the lease under which effects are claimed. */
    @Override
    public int getPhase() {
        return 100;
    }
}
