package dev.patchbay.insights;

import dev.patchbay.insights.internal.Gatherer;
import dev.patchbay.insights.internal.Lines;
import dev.patchbay.insights.internal.Why;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import org.springframework.stereotype.Component;

/** Answers what happened to a caller, a call, a contact, an appointment, a text or a run. */
@Component
public class Timelines {

    private static final int MOST = 500;

    private final Gatherer gatherer;

    Timelines(Gatherer gatherer) {
        this.gatherer = gatherer;
    }

    /**
     * @param limit items a page, cut to 1 to {@value #MOST}
     * @param after the {@code next} of the page before; empty text for the first
     */
    public Timeline of(TenantScope scope, Subject subject, int limit, String after) {
        var gathered = gatherer.gather(scope, subject);
        int most = Math.clamp(limit, 1, MOST);
        var lines = new Lines(gathered)
                .all().stream()
                        .filter(line -> line.place().compareTo(after) > 0)
                        .limit(most + 1L)
                        .toList();
        var page = Page.of(lines, most, Lines.Line::place);
        return new Timeline(
                subject,
                new Why(gathered).sentence(),
                gathered.correlations(),
                gathered.complete(),
                page.items().stream().map(Lines.Line::item).toList(),
                page.next());
    }
}
