package dev.patchbay.flows.web;

import dev.patchbay.flows.FlowVersions;
import dev.patchbay.flows.Flows;
import dev.patchbay.flows.internal.definition.FlowQueries;
import dev.patchbay.flows.internal.definition.Promotions;
import dev.patchbay.iam.Caller;
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

/** One flow: its versions, which of them is active, what differs between two, and whom it serves. */
@RestController
@RequestMapping("/api/v1/flows/{id}")
class FlowVersionController {

    private final FlowVersions versions;
    private final FlowQueries flows;

    FlowVersionController(FlowVersions versions, FlowQueries flows) {
        this.versions = versions;
        this.flows = flows;
    }

    /** Which version is meant; without one, the one that suggests itself. */
    record VersionChoice(@Nullable String version) {}

    @GetMapping
    FlowQueries.FlowDetail flow(Caller caller, @PathVariable String id) {
        caller.require("flows:read");
        return flows.flow(caller.scope().tenant(), id);
    }

    @GetMapping("/versions/{version}")
    FlowQueries.VersionDetail version(Caller caller, @PathVariable String id, @PathVariable String version) {
        caller.require("flows:read");
        return flows.version(caller.scope().tenant(), id, version);
    }

    @GetMapping("/promotions")
    Page<Promotions.Promotion> promotions(Caller caller, @PathVariable String id) {
        caller.require("flows:read");
        return new Page<>(flows.promotions(caller.scope().tenant(), id), null);
    }

    @GetMapping("/compare")
    FlowQueries.Comparison compare(
            Caller caller, @PathVariable String id, @RequestParam String from, @RequestParam String to) {
        caller.require("flows:read");
        return flows.compare(caller.scope().tenant(), id, from, to);
    }

    @GetMapping("/clients")
    Page<FlowQueries.ServedClient> clients(Caller caller, @PathVariable String id) {
        caller.require("flows:read");
        var scope = caller.scope();
        var flow = flows.flow(scope.tenant(), id);
        return new Page<>(flows.clients(scope.tenant(), flow.id(), scope.client()), null);
    }

    @PostMapping("/promote")
    Flows.FlowView promote(
            Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable VersionChoice choice) {
        caller.require("flows:write");
        return versions.promote(caller.scope().tenant(), caller.subject(), id, version(choice));
    }

    @PostMapping("/rollback")
    Flows.FlowView rollBack(
            Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable VersionChoice choice) {
        caller.require("flows:write");
        return versions.rollBack(caller.scope().tenant(), caller.subject(), id, version(choice));
    }

    private static @Nullable String version(@Nullable VersionChoice choice) {
        return Optional.ofNullable(choice).map(VersionChoice::version).orElse(null);
    }
}
