package dev.patchbay.insights.internal;

import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.insights.Subject;
import dev.patchbay.insights.Timeline;
import dev.patchbay.insights.Timeline.RunOfTimeline;
import dev.patchbay.insights.Timelines;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** Loads the data of a subject and renders one page of its timeline. */
@Component
final class TimelineService implements Timelines {

    private final TimelineLoader loader;
    private final Clients clients;

    TimelineService(TimelineLoader loader, Clients clients) {
        this.loader = loader;
        this.clients = clients;
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
                new CallRenderer(data, id -> clients.find(scope, id)).render(),
                runs(data),
                page.items().stream().map(TimelineRow::item).toList(),
                page.next());
    }

    private static List<RunOfTimeline> runs(TimelineData data) {
        return data.history().runs().stream()
                .sorted(Comparator.comparing(RunEntry::startedAt).reversed())
                .map(run -> new RunOfTimeline(run.id(), run.flow(), run.version(), run.status(), run.startedAt()))
                .toList();
    }
}
