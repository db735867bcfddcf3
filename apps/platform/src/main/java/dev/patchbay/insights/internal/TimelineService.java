package dev.patchbay.insights.internal;

import dev.patchbay.insights.Subject;
import dev.patchbay.insights.Timeline;
import dev.patchbay.insights.Timelines;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import org.springframework.stereotype.Component;

/** Loads the data of a subject and renders one page of its timeline. */
@Component
final class TimelineService implements Timelines {

    private final TimelineLoader loader;

    TimelineService(TimelineLoader loader) {
        this.loader = loader;
    }

    @Override
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
