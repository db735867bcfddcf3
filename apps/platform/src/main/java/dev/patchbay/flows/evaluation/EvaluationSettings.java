package dev.patchbay.flows.evaluation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much flows may compute.
 *
 * @param parallelism how many evaluations compute at the same moment; 0: half of the processors, and one at least
 * @param slice after that an evaluation pauses when another tenant waits
 * @param runLimit computing time of all expressions of a run, each time it is executed, of a dry run and of a preview
 * @param triggerLimit computing time of the condition of one trigger for one event
 * @param patience how long a request waits for its turn
 */
@ConfigurationProperties("patchbay.evaluation")
public record EvaluationSettings(
        @DefaultValue("0") int parallelism,
        @DefaultValue("10ms") Duration slice,
        @DefaultValue("2s") Duration runLimit,
        @DefaultValue("100ms") Duration triggerLimit,
        @DefaultValue("10s") Duration patience) {

    int permits() {
        return parallelism > 0 ? parallelism : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
