package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.NodeSettings;
import dev.patchbay.effects.internal.action.ActionExecutor;
import dev.patchbay.effects.internal.ledger.EffectQueries;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What every walk works with. */
@Component
record WalkServices(
        Journal journal,
        ActionExecutor acts,
        EffectQueries effects,
        Tenancy tenancy,
        NodeSettings timings,
        Clock clock,
        ObservationRegistry observations) {}
