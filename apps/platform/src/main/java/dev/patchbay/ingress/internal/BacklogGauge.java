package dev.patchbay.ingress.internal;

import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Measures how long the oldest unfinished event has waited: the one number that says whether workers keep up. */
@Component
class BacklogGauge implements MeterBinder {

    private final Tenancy tenancy;
    private final DispatchRepository dispatches;
    private final Clock clock;

    BacklogGauge(Tenancy tenancy, DispatchRepository dispatches, Clock clock) {
        this.tenancy = tenancy;
        this.dispatches = dispatches;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("event.oldest.unfinished", this, BacklogGauge::seconds)
                .baseUnit("seconds")
                .description("Age of the oldest event that not every consumer has taken")
                .register(registry);
    }

    private double seconds() {
        return tenancy.throughDoor(dispatches::oldestUnfinished)
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
