package dev.patchbay.integrations.highlevel;

import static dev.patchbay.integrations.highlevel.HighLevelContactsApi.RESPONSES;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.Opportunity;
import dev.patchbay.effects.spi.CrmPort.OpportunityDetails;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes opportunities (HighLevel API 2021-07-28, "Opportunities"). A contact has one of a name in a pipeline: HighLevel's own
 * upsert finds it by its id only.
 */
record HighLevelOpportunities(HighLevelContactsApi contacts) {

    PortResult<Opportunity> upsert(CallContext callContext, OpportunityDetails details) {
        PortResult<List<JsonNode>> found = RESPONSES.readResult(
                search(callContext, details),
                "to search for the opportunity",
                body -> Optional.of(new PortResult.Succeeded<>(same(body, details), "")));
        return found.then(same -> same.isEmpty()
                ? create(callContext, details)
                : update(callContext, details, same.getFirst().path("id").asString("")));
    }

    private HttpOutcome search(CallContext callContext, OpportunityDetails details) {
        return contacts.searchOpportunities(callContext, details.contact(), details.pipeline());
    }

    private static List<JsonNode> same(JsonNode body, OpportunityDetails details) {
        return body.path("opportunities")
                .valueStream()
                .filter(it -> it.path("name").asString("").equals(details.name()))
                .toList();
    }

    private PortResult<Opportunity> create(CallContext callContext, OpportunityDetails details) {
        ObjectNode body = members(details)
                .put("locationId", HighLevelContactsApi.locationId(callContext))
                .put("contactId", details.contact())
                .put("status", Objects.requireNonNullElse(details.status(), "open"));
        return RESPONSES.effectResult(
                contacts.createOpportunity(callContext, body), "the opportunity", answer -> succeed(answer, true));
    }

    private PortResult<Opportunity> update(CallContext callContext, OpportunityDetails details, String id) {
        ObjectNode body = members(details);
        Optional.ofNullable(details.status()).ifPresent(status -> body.put("status", status));
        return RESPONSES.effectResult(
                contacts.updateOpportunity(callContext, id, body), "the opportunity", answer -> succeed(answer, false));
    }

    private static ObjectNode members(OpportunityDetails details) {
        ObjectNode body = Json.object().put("pipelineId", details.pipeline()).put("name", details.name());
        Optional.ofNullable(details.stage()).ifPresent(stage -> body.put("pipelineStageId", stage));
        Optional.ofNullable(details.value()).ifPresent(value -> body.put("monetaryValue", value));
        return body;
    }

    private static Optional<PortResult<Opportunity>> succeed(JsonNode answer, boolean created) {
        return read(answer.path("opportunity"), created)
                .map(opportunity -> new PortResult.Succeeded<>(opportunity, opportunity.id()));
    }

    private static Optional<Opportunity> read(JsonNode opportunity, boolean created) {
        return Optional.ofNullable(HighLevelContactReader.text(opportunity, "id"))
                .map(id -> new Opportunity(
                        id,
                        created,
                        opportunity.path("name").asString(""),
                        HighLevelContactReader.text(opportunity, "pipelineStageId"),
                        opportunity.path("status").asString("open")));
    }

    /** One that differs proves nothing; writing it again is harmless. */
    LookupResult<Opportunity> find(CallContext callContext, OpportunityDetails details) {
        return RESPONSES.lookupResult(search(callContext, details), "to search for the opportunity", body -> {
            List<Opportunity> found = same(body, details).stream()
                    .filter(it -> agrees(it, "pipelineStageId", details.stage()))
                    .filter(it -> agrees(it, "status", details.status()))
                    .filter(it -> hasValue(it, details.value()))
                    .flatMap(it -> read(it, false).stream())
                    .toList();
            return Optional.of(
                    found.isEmpty()
                            ? new LookupResult.Absent<>()
                            : new LookupResult.Found<>(
                                    found.getFirst(),
                                    found.stream().map(Opportunity::id).toList()));
        });
    }

    private static boolean hasValue(JsonNode opportunity, @Nullable Double expected) {
        return expected == null || opportunity.path("monetaryValue").asDouble(0) == expected;
    }

    private static boolean agrees(JsonNode opportunity, String name, @Nullable String expected) {
        return expected == null || expected.equals(opportunity.path(name).asString(""));
    }
}
