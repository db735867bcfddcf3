package dev.patchbay.integrations.kit;

import dev.patchbay.effects.ActionRequest;
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
        return List.of(new Trial("crm.upsertContact", "contacts.upsert", this::contactInput, this::countContacts));
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
