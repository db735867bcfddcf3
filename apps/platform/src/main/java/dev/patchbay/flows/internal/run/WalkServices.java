package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.internal.act.Acts;
import dev.patchbay.flows.internal.effect.EffectStates;
import dev.patchbay.flows.internal.engine.NodeSettings;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What every walk works with. */
@Component
record WalkServices(
        Journal journal,
        Acts acts,
        EffectStates effects,
        Tenancy tenancy,
        NodeSettings timings,
        Clock clock,
        ObservationRegistry observations) {}
