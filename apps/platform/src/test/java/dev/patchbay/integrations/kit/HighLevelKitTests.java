package dev.patchbay.integrations.kit;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Outcome;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

@PatchbayTest
class HighLevelKitTests extends AdapterKit {

    private final AtomicInteger numbers = new AtomicInteger(1000);

    @Override
    protected String provider() {
        return "highlevel";
    }

    @Override
    protected JsonNode settings() {
        return Json.object().put("locationId", "loc_1").put("requestsPer10Seconds", 1000);
    }

    @Override
    protected Map<String, String> secrets() {
        return Map.of("client_id", "hl", "client_secret", "hl-secret", "refresh_token", "hl-refresh");
    }

    @Override
    protected JsonNode binding() {
        return Json.object();
    }

    @Override
    protected List<Trial> trials() {
        return List.of(
                new Trial("crm.upsertContact", "contacts.create", this::contactInput, this::countContacts),
                new Trial("crm.addNote", "notes.create", this::noteInput, this::countNotes),
                new Trial(
                        "crm.upsertOpportunity",
                        "opportunities.create",
                        this::opportunityInput,
                        this::countOpportunities));
    }

    /** The id of a contact of the kit's own, made by a request that no trial counts. */
    private String contact() {
        var outcome = (Outcome.Succeeded)
                adapterFixture.attempt(adapterFixture.request(client, "crm.upsertContact", contactInput()));
        return outcome.value().path("id").asString();
    }

    private JsonNode noteInput() {
        return Json.object().put("contact", contact()).put("text", "Asked about a roof");
    }

    private int countNotes(ActionRequest actionRequest) {
        return count("/highlevel/notes", actionRequest);
    }

    private JsonNode opportunityInput() {
        return Json.object()
                .put("contact", contact())
                .put("pipeline", "pip_1")
                .put("name", "Roof")
                .put("value", 100);
    }

    private int countOpportunities(ActionRequest actionRequest) {
        return count("/highlevel/opportunities", actionRequest);
    }

    private int count(String table, ActionRequest actionRequest) {
        return (int) sandbox.readState(table)
                .valueStream()
                .filter(it -> it.path("contactId").equals(actionRequest.input().path("contact")))
                .count();
    }

    private JsonNode contactInput() {
        return Json.object()
                .put("phone", "+1415555" + numbers.incrementAndGet())
                .put("firstName", "Ada")
                .put("source", "kit");
    }

    private int countContacts(ActionRequest actionRequest) {
        return (int) sandbox.readState("/highlevel/contacts")
                .valueStream()
                .filter(it -> it.path("phone").equals(actionRequest.input().path("phone")))
                .count();
    }
}
