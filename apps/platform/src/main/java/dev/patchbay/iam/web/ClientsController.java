package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.ClientLocale;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The businesses that the caller serves. */
@RestController
@RequestMapping("/api/v1/clients")
final class ClientsController {

    private final Clients clients;

    ClientsController(Clients clients) {
        this.clients = clients;
    }

    @Requires("read:clients")
    @GetMapping
    Page<ClientResponse> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        int pageSize = Math.clamp(limit, 1, 200);
        var rows = clients.list(caller.scope(), pageSize + 1, after).stream()
                .map(ClientResponse::from)
                .toList();
        return Page.of(rows, pageSize, ClientResponse::id);
    }

    @Requires("read:clients")
    @GetMapping("/{id}")
    ClientResponse get(Caller caller, @PathVariable String id) {
        return ClientResponse.from(existing(caller, id));
    }

    /**
     * @param timeZone IANA name
     * @param settings what flows read as {@code $client.settings}; an object
     * @param locale BCP 47, for example {@code en-GB}; by default that of {@code settings.country}, else of the time zone
     */
    record ClientRequest(
            @Nullable String name,
            @Nullable String timeZone,
            @Nullable JsonNode settings,
            @Nullable String locale) {

        private ZoneId zone() {
            try {
                return ZoneId.of(RequestInput.text("timeZone", timeZone));
            } catch (DateTimeException unknown) {
                throw new Problem(
                        ProblemType.VARIABLES_INVALID, "timeZone is not an IANA zone; give one like Europe/Berlin.");
            }
        }

        private JsonNode object() {
            if (settings != null && !settings.isObject()) {
                throw new Problem(ProblemType.VARIABLES_INVALID, "settings must be an object.");
            }
            return settings == null ? Json.object() : settings;
        }

        private Locale chosenLocale() {
            return locale == null
                    ? ClientLocale.defaultOf(object(), zone())
                    : ClientLocale.parse(locale)
                            .orElseThrow(() -> new Problem(
                                    ProblemType.VARIABLES_INVALID,
                                    "locale is no BCP 47 language tag; give one like en-US or de-DE."));
        }
    }

    @Requires(value = "write:clients", tenantWide = true)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ClientResponse create(Caller caller, @RequestBody ClientRequest request) {
        return ClientResponse.from(clients.create(
                caller.scope().tenant(),
                caller.subject(),
                RequestInput.name(request.name()),
                request.zone(),
                request.object(),
                request.chosenLocale()));
    }

    @Requires("write:clients")
    @PutMapping("/{id}")
    ClientResponse change(Caller caller, @PathVariable String id, @RequestBody ClientRequest request) {
        Client before = existing(caller, id);
        var after = new Client(
                before.id(),
                RequestInput.name(request.name()),
                request.zone(),
                request.object(),
                request.chosenLocale());
        return ClientResponse.from(clients.put(caller.scope().tenant(), caller.subject(), after));
    }

    private Client existing(Caller caller, String id) {
        return RequestInput.client(id)
                .flatMap((ClientId client) -> clients.find(caller.scope(), client))
                .orElseThrow(() -> new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + id + "."));
    }

    /**
     * @param timeZone IANA name
     * @param locale BCP 47: the language and the clock in which callers are spoken to and people are written to
     */
    record ClientResponse(String id, String name, String timeZone, JsonNode settings, String locale) {

        static ClientResponse from(Client client) {
            return new ClientResponse(
                    client.id().value(),
                    client.name(),
                    client.zone().getId(),
                    client.settings(),
                    client.locale().toLanguageTag());
        }
    }
}
