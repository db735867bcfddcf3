package dev.patchbay.ingress.dispatch;

import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Publishes {@code event_oldest_unfinished_seconds}, the age of the oldest unfinished event: it grows when workers fall behind. */
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
        Gauge.builder("event.oldest.unfinished", this, BacklogGauge::ageInSeconds)
                .baseUnit("seconds")
                .description("Age of the oldest event that not every consumer has taken")
                .register(registry);
    }

    private double ageInSeconds() {
        return tenancy.throughDefinerFunction(dispatches::oldestUnfinished)
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
