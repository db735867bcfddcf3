package dev.patchbay.livecalls.internal;

import dev.patchbay.connections.PortBindings;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Keeps in the client's CRM the details that callers give when they make an appointment: name, e-mail address, and the
 * arguments for which the client's settings name a custom field
 * ({@code {"functions": {"contactFields": {"service": "wanted_service"}}}}). The caller does not wait for it, and contacts keep
 * the data that people entered in the CRM.
 */
@Component
class CallerContacts {

    private static final String UPSERT = "crm.upsertContact";

    private final LiveActions liveActions;
    private final PortBindings bindings;

    CallerContacts(LiveActions liveActions, PortBindings bindings) {
        this.liveActions = liveActions;
        this.bindings = bindings;
    }

    /** Keeps the details; the same details are kept only once in a call. */
    void keep(LiveRequest request) {
        request.arguments()
                .contact(
                        request.invocation().caller(),
                        contactFields(request.client().settings()))
                .filter(said -> hasCrm(request))
                .ifPresent(said -> liveActions.start(
                        request, UPSERT, UPSERT + ":" + FunctionArguments.digest(Json.write(said)), said));
    }

    private static Map<String, String> contactFields(JsonNode settings) {
        Map<String, String> fields = new TreeMap<>();
        settings.at("/functions/contactFields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asString("")));
        fields.values().removeIf(String::isBlank);
        return fields;
    }

    private boolean hasCrm(LiveRequest request) {
        var scope =
                TenantScope.of(request.invocation().tenant(), request.client().id());
        return bindings.list(scope).stream().anyMatch(binding -> binding.port().equals("crm"));
    }
}
