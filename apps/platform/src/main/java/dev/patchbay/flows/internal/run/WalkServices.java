package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.Actions;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.NodeSettings;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What every walk works with. */
@Component
record WalkServices(
        Journal journal,
        Actions acts,
        Effects effects,
        Tenancy tenancy,
        NodeSettings timings,
        Clock clock,
        ObservationRegistry observations) {}
