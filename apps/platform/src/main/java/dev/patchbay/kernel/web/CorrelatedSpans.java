package dev.patchbay.kernel.web;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Adds the correlation id to every span, so that traces can be found from log lines and back. */
@Component
final class CorrelatedSpans implements ObservationFilter {

    @Override
    public Observation.Context map(Observation.Context span) {
        String correlation = MDC.get(CorrelationFilter.NAME);
        return correlation == null
                ? span
                : span.addHighCardinalityKeyValue(KeyValue.of(CorrelationFilter.NAME, correlation));
    }
}
