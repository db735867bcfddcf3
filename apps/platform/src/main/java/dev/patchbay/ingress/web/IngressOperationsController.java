package dev.patchbay.ingress.web;

import dev.patchbay.connections.Connections;
import dev.patchbay.iam.Caller;
import dev.patchbay.iam.Clients;
import dev.patchbay.iam.Requires;
import dev.patchbay.ingress.internal.Backlog;
import dev.patchbay.ingress.internal.RejectionRepository;
import dev.patchbay.ingress.internal.RejectionRepository.Rejection;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.kernel.web.CorrelationFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an operator asks of ingress: what was refused, what waits, what nobody's agent, number or location is. */
@RestController
@RequestMapping("/api/v1/ingress")
class IngressOperationsController {

    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private final RejectionRepository rejections;
    private final Backlog backlog;
    private final Connections connections;
    private final Clients clients;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher audit;

    IngressOperationsController(
            RejectionRepository rejections,
            Backlog backlog,
            Connections connections,
            Clients clients,
            Tenancy tenancy,
            ApplicationEventPublisher audit) {
        this.rejections = rejections;
        this.backlog = backlog;
        this.connections = connections;
        this.clients = clients;
        this.tenancy = tenancy;
        this.audit = audit;
    }

    /** Refused webhooks by minute, reason and origin; with {@code unaddressed} those to addresses that are nobody's. */
    @Requires(value = "read:ingress", tenantWide = true)
    @GetMapping("/rejections")
    Page<Rejection> rejections(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "false") boolean unaddressed) {
        if (unaddressed) {
            caller.require("operate:platform");
        }
        int most = Math.clamp(limit, 1, 200);
        List<Rejection> found = unaddressed
                ? tenancy.throughDoor(() -> rejections.unaddressed(most))
                : tenancy.inTenant(
                        caller.scope().tenant(),
                        () -> rejections.list(caller.scope().tenant(), most));
        return new Page<>(found, null);
    }

    /** Events that are not done, by client and status, with the age of the oldest. */
    @Requires("read:ingress")
    @GetMapping("/backlog")
    Page<Backlog.Waiting> backlog(Caller caller) {
        return new Page<>(backlog.waiting(caller.scope()), null);
    }

    /** What unattributed events wait for; most wanted first. */
    @Requires(value = "read:ingress", tenantWide = true)
    @GetMapping("/unattributed")
    Page<Backlog.Unmapped> unattributed(Caller caller, @RequestParam(defaultValue = "50") int limit) {
        return new Page<>(backlog.unmapped(caller.scope().tenant(), Math.clamp(limit, 1, 200)), null);
    }

    /** @param kind {@code agent}, {@code number}, {@code location} or {@code customer} */
    record Mapping(String connectionId, String kind, String externalId, String clientId) {}

    /** Says whose it is; the events that waited for it go to their client, and on to the flows. */
    @Requires(value = "operate:ingress", tenantWide = true)
    @PutMapping("/routes")
    ResponseEntity<Void> map(Caller caller, @RequestBody Mapping mapping, HttpServletRequest request) {
        requireIds(mapping);
        var client = ClientId.parse(mapping.clientId())
                .filter(id -> clients.find(caller.scope(), id).isPresent())
                .orElseThrow(() ->
                        new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + mapping.clientId() + "."));
        var tenant = caller.scope().tenant();
        try {
            connections.route(tenant, mapping.connectionId(), mapping.kind(), mapping.externalId(), client);
        } catch (DataIntegrityViolationException noSuchConnection) {
            throw new Problem(
                    ProblemType.CONNECTION_NOT_FOUND, "There is no connection " + mapping.connectionId() + ".");
        }
        tenancy.inTenant(
                tenant,
                () -> audit.publishEvent(new Auditable(
                        TenantScope.of(tenant, client),
                        caller.subject(),
                        "route.mapped",
                        "connection/" + mapping.connectionId() + "/" + mapping.kind() + "/" + mapping.externalId(),
                        Optional.empty(),
                        Optional.empty(),
                        CorrelationFilter.of(request))));
        return ResponseEntity.noContent().build();
    }

    private static void requireIds(Mapping mapping) {
        for (String id :
                new String[] {mapping.connectionId(), mapping.kind(), mapping.externalId(), mapping.clientId()}) {
            if (id == null || !EXTERNAL_ID.matcher(id).matches()) {
                throw new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "Send connectionId, kind, externalId and clientId, each of 1 to 256 printable characters.");
            }
        }
    }
}
