package dev.patchbay.usage.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a span of days.
 *
 * @param next always null: a report is not paged
 * @param late subjects that were first stated after the collection had passed their time
 * @param corrected subjects whose statement changed
 * @param vanished subjects that the provider no longer has
 */
public record UsageReport(List<UsageSum> items, @Nullable String next, int late, int corrected, int vanished) {}
