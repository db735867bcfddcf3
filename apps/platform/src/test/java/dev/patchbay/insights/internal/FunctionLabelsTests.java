package dev.patchbay.insights.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.flows.history.RunHistory.StepEntry;
import dev.patchbay.flows.run.StepStatus;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventRelations;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.insights.internal.SearchKeyExtractor.Search;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Effects and contacts are found through the steps and events that name them. */
class FunctionLabelsTests {

    private static StepEntry step(@Nullable String call, @Nullable String effectKey) {
        return new StepEntry(
                new RunId("run_1"),
                "/do/it",
                "it",
                call,
                StepStatus.COMPLETED,
                effectKey,
                null,
                null,
                null,
                TimelineDataFixture.START,
                null);
    }

    private static Event event(String type, String subject, @Nullable String person) {
        return new Event(
                new EventId("evt_1"),
                new TenantId("tnt_demo"),
                Optional.empty(),
                new ConnectionId("con_crm"),
                type,
                "/connections/con_crm",
                subject,
                TimelineDataFixture.START,
                new CorrelationId("cor_1"),
                Optional.empty(),
                Json.object(),
                Optional.ofNullable(person),
                Event.Origin.WEBHOOK,
                TimelineDataFixture.START,
                EventStatus.DONE,
                Optional.empty());
    }

    @Test
    void onlyAStepThatCallsAFunctionWithAnEffectNamesIt() {
        var steps = List.of(step("calendar.book", "key1"), step("calendar.find", null), step(null, "key2"));
        var history = new History(List.of(), steps, List.of(), List.of(), List.of(), List.of());

        assertThat(FunctionLabels.functionsByEffect(history)).hasSize(1).containsEntry("key1", "calendar.book");
    }

    @Test
    void theContactsOfThePersonAreThoseOfEventsAboutTheContactThatWereNotSearchedForAlready() {
        var persons = Set.of("+14155550100", "contact:known");
        var search = new Search(
                new EventRelations(persons, Set.of(), Set.of(), Set.of()),
                new SearchKeys(Set.of(), Set.of(), Set.of(), Set.of()));

        var relations = SearchKeyExtractor.contactRelations(
                search,
                List.of(
                        event("crm.contact.created", "new", "+14155550100"),
                        event("crm.contact.updated", "known", "+14155550100"),
                        event("crm.contact.created", "other", "+14155550199"),
                        event("crm.contact.created", "nobody", null),
                        event("crm.message.sent", "message", "+14155550100")));

        assertThat(relations.persons()).containsExactly("contact:new");
    }
}
