package dev.patchbay.insights;

import dev.patchbay.insights.internal.OutcomeExplanation;
import dev.patchbay.insights.internal.TimelineLoader;
import dev.patchbay.insights.internal.TimelineRenderer;
import dev.patchbay.insights.internal.TimelineRow;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import org.springframework.stereotype.Component;

/** Answers what happened to a caller, a call, a contact, an appointment, a text or a run. */
@Component
public class Timelines {

    private static final int MAX_ITEMS = 500;

    private final TimelineLoader loader;

    Timelines(TimelineLoader loader) {
        this.loader = loader;
    }

    /**
     * @param limit items a page, cut to 1 to {@value #MAX_ITEMS}
     * @param after the {@code next} of the page before; empty text for the first
     */
    public Timeline find(TenantScope scope, Subject subject, int limit, String after) {
        var data = loader.load(scope, subject);
        int pageSize = Math.clamp(limit, 1, MAX_ITEMS);
        var rows = new TimelineRenderer(data)
                .render().stream()
                        .filter(row -> row.sortKey().compareTo(after) > 0)
                        .limit(pageSize + 1L)
                        .toList();
        var page = Page.of(rows, pageSize, TimelineRow::sortKey);
        return new Timeline(
                subject,
                new OutcomeExplanation(data).explain(),
                data.correlations().stream().map(CorrelationId::value).toList(),
                data.complete(),
                page.items().stream().map(TimelineRow::item).toList(),
                page.next());
    }
}
