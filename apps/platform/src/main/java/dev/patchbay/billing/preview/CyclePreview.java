package dev.patchbay.billing.preview;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.preview.PreviewResponse.CycleStarts;
import dev.patchbay.billing.rating.BillingCycle;
import dev.patchbay.kernel.Exact;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Computes the starts of a cycle's periods. */
final class CyclePreview {

    private static final int MAX_PERIODS = 1_200;
    private static final int MAX_MONTHS = 120;
    private static final int MAX_DAY = 31;
    private static final BigDecimal SECONDS_AN_HOUR = BigDecimal.valueOf(3_600);
    private static final LocalDate PLACEHOLDER = LocalDate.EPOCH;

    private CyclePreview() {}

    static Supplier<PreviewResponse> listStarts(JsonInput input) {
        LocalDate anchor = input.requireParsed(
                "anchor", CyclePreview::parseAnchor, "This is a date, such as 2027-01-31.", PLACEHOLDER);
        ZoneId zone = AmountPreview.readZone(input);
        int count = input.wholeNumber("count", 1, MAX_PERIODS).orElse(1);
        int months = input.wholeNumber("months", 1, MAX_MONTHS).orElse(1);
        int day = input.wholeNumber("anchorDay", 1, MAX_DAY).orElse(anchor.getDayOfMonth());
        return () -> {
            var cycle = new BillingCycle(anchor, day, months);
            List<LocalDate> starts =
                    IntStream.range(0, count).mapToObj(cycle::startOf).toList();
            List<Instant> instants = starts.stream()
                    .map(start -> BillingCycle.firstMomentOf(start, zone))
                    .toList();
            List<String> hours = IntStream.range(1, count)
                    .mapToObj(at -> hoursBetween(instants.get(at - 1), instants.get(at)))
                    .toList();
            return new CycleStarts(starts, instants, hours);
        };
    }

    /** Parses a day in a year of four digits. Later years have no agreed calendar. */
    private static LocalDate parseAnchor(String text) {
        if (!text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            throw new IllegalArgumentException(text);
        }
        return LocalDate.parse(text);
    }

    private static String hoursBetween(Instant from, Instant to) {
        return Exact.of(BigDecimal.valueOf(Duration.between(from, to).toSeconds()))
                .dividedBy(SECONDS_AN_HOUR)
                .toString();
    }
}
