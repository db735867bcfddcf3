package dev.patchbay.insights.web;

import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Turns measurements of the portal's pages by browsers into metrics. Nothing about the person or the agency is kept. */
@RestController
class WebVitalController {

    private static final int MAX_VITALS = 10;

    private final MeterRegistry meters;

    WebVitalController(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param value milliseconds, without a unit for CLS */
    record Measurement(@Nullable WebVital name, @Nullable Double value) {}

    /** @param vitals at most 10 */
    record WebVitalsRequest(
            @Nullable PortalPage page, @Nullable List<Measurement> vitals) {}

    @Authenticated
    @PostMapping("/api/v1/web-vitals")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void record(@RequestBody WebVitalsRequest request) {
        PortalPage page = request.page();
        List<Measurement> vitals = request.vitals();
        if (page == null || vitals == null || vitals.isEmpty() || vitals.size() > MAX_VITALS) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give the page and 1 to " + MAX_VITALS + " vitals.");
        }
        // All are checked before the first is recorded.
        vitals.stream().map(WebVitalController::recording).toList().forEach(recording -> recording.on(meters, page));
    }

    private interface Recording {
        void on(MeterRegistry meters, PortalPage page);
    }

    private static Recording recording(Measurement measurement) {
        WebVital name = measurement.name();
        Double value = measurement.value();
        if (name == null || value == null || !name.isPlausible(value)) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "A vital has a name, LCP, INP or CLS, and a value that a browser can have measured.");
        }
        return (meters, page) -> name.record(meters, page, value);
    }
}
