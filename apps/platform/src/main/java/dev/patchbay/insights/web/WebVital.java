package dev.patchbay.insights.web;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** A measure of how a page feels, with the bounds between good, fair and poor of web.dev/articles/vitals. */
enum WebVital {
    /** Largest contentful paint, in milliseconds: how soon the main content is visible. */
    LCP(60_000) {
        @Override
        void record(MeterRegistry meters, PortalPage page, double value) {
            Timer.builder("portal.lcp")
                    .tag(PAGE, page.route())
                    .serviceLevelObjectives(Duration.ofMillis(2500), Duration.ofSeconds(4))
                    .register(meters)
                    .record(milliseconds(value));
        }
    },
    /** Interaction to next paint, in milliseconds: how soon the page answers a click or a key. */
    INP(60_000) {
        @Override
        void record(MeterRegistry meters, PortalPage page, double value) {
            Timer.builder("portal.inp")
                    .tag(PAGE, page.route())
                    .serviceLevelObjectives(Duration.ofMillis(200), Duration.ofMillis(500))
                    .register(meters)
                    .record(milliseconds(value));
        }
    },
    /** Cumulative layout shift, without a unit: how much the content moves by itself. */
    CLS(100) {
        @Override
        void record(MeterRegistry meters, PortalPage page, double value) {
            DistributionSummary.builder("portal.cls")
                    .tag(PAGE, page.route())
                    .serviceLevelObjectives(0.1, 0.25)
                    .register(meters)
                    .record(value);
        }
    };

    private static final String PAGE = "page";

    private final double max;

    WebVital(double max) {
        this.max = max;
    }

    abstract void record(MeterRegistry meters, PortalPage page, double value);

    /** Returns whether a browser can have measured the value. */
    boolean isPlausible(double value) {
        return value >= 0 && value <= max;
    }

    private static Duration milliseconds(double value) {
        return Duration.ofMillis(Math.round(value));
    }
}
