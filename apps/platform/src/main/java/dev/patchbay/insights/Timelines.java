package dev.patchbay.insights;

import dev.patchbay.insights.internal.OutcomeExplanation;
import dev.patchbay.insights.internal.TimelineLoader;
import dev.patchbay.insights.internal.TimelineRenderer;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import org.springframework.stereotype.Component;

/** Answers what happened to a caller, a call, a contact, an appointment, a text or a run. */
@Component
public class Timelines {

    private static final int MOST = 500;

    private final TimelineLoader timelineLoader;

    Timelines(TimelineLoader timelineLoader) {
        this.timelineLoader = timelineLoader;
    }

    /**
     * @param limit items a page, cut to 1 to {@value #MOST}
     * @param after the {@code next} of the page before; empty text for the first
     */
    public Timeline of(TenantScope scope, Subject subject, int limit, String after) {
        var timelineData = timelineLoader.gather(scope, subject);
        int most = Math.clamp(limit, 1, MOST);
        var lines = new TimelineRenderer(timelineData)
                .all().stream()
                        .filter(line -> line.place().compareTo(after) > 0)
                        .limit(most + 1L)
                        .toList();
        var page = Page.of(lines, most, TimelineRenderer.Line::place);
        return new Timeline(
                subject,
                new OutcomeExplanation(timelineData).sentence(),
                timelineData.correlations(),
                timelineData.complete(),
                page.items().stream().map(TimelineRenderer.Line::item).toList(),
                page.next());
    }
}
