package dev.patchbay.flows.web;

import dev.patchbay.flows.definition.FlowQueries;
import dev.patchbay.flows.definition.FlowVersions;
import dev.patchbay.flows.definition.Flows;
import dev.patchbay.flows.definition.Promotion;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One flow: its versions, the active one, the differences between two, and the clients it serves. */
@RestController
@RequestMapping("/api/v1/flows/{id}")
class FlowVersionController {

    private final FlowVersions versions;
    private final FlowQueries flows;

    FlowVersionController(FlowVersions versions, FlowQueries flows) {
        this.versions = versions;
        this.flows = flows;
    }

    /** @param version to promote, else the newest draft; to roll back to, else the one that was active before */
    record VersionRequest(@Nullable String version) {}

    @Requires(value = "read:flows", resource = "flows/{id}")
    @GetMapping
    FlowQueries.FlowDetail get(Caller caller, @PathVariable String id) {
        return flows.flow(caller.scope(), PathIds.flowId(id));
    }

    @Requires(value = "read:flows", resource = "flows/{id}")
    @GetMapping("/versions/{version}")
    FlowQueries.VersionDetail getVersion(Caller caller, @PathVariable String id, @PathVariable String version) {
        return flows.version(caller.scope(), PathIds.flowId(id), version);
    }

    @Requires(value = "read:flows", resource = "flows/{id}")
    @GetMapping("/promotions")
    Page<Promotion> listPromotions(Caller caller, @PathVariable String id) {
        return new Page<>(flows.promotions(caller.scope(), PathIds.flowId(id)), null);
    }

    @Requires(value = "read:flows", resource = "flows/{id}")
    @GetMapping("/compare")
    FlowQueries.Comparison compare(
            Caller caller, @PathVariable String id, @RequestParam String from, @RequestParam String to) {
        return flows.compare(caller.scope(), PathIds.flowId(id), from, to);
    }

    @Requires(value = "read:flows", resource = "flows/{id}")
    @GetMapping("/clients")
    Page<FlowQueries.ServedClient> listClients(Caller caller, @PathVariable String id) {
        var scope = caller.scope();
        var flow = flows.flow(scope, PathIds.flowId(id));
        return new Page<>(flows.clients(scope, flow.id()), null);
    }

    @Requires(value = "write:flows", tenantWide = true, resource = "flows/{id}")
    @PostMapping("/promote")
    Flows.FlowView promote(
            Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable VersionRequest request) {
        return versions.promote(caller.scope().tenant(), caller.subject(), PathIds.flowId(id), version(request));
    }

    @Requires(value = "write:flows", tenantWide = true, resource = "flows/{id}")
    @PostMapping("/rollback")
    Flows.FlowView rollBack(
            Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable VersionRequest request) {
        return versions.rollBack(caller.scope().tenant(), caller.subject(), PathIds.flowId(id), version(request));
    }

    private static @Nullable String version(@Nullable VersionRequest request) {
        return Optional.ofNullable(request).map(VersionRequest::version).orElse(null);
    }
}
