package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.ingress.dispatch.Backlog;
import dev.patchbay.ingress.ingestion.Rejection;
import dev.patchbay.ingress.ingestion.Rejections;
import dev.patchbay.kernel.Page;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Ingress for operators: rejected webhooks, the backlog, and routes that are not mapped. */
@RestController
@RequestMapping("/api/v1/ingress")
class IngressOperationsController {

    private final Rejections rejections;
    private final Backlog backlog;

    IngressOperationsController(Rejections rejections, Backlog backlog) {
        this.rejections = rejections;
        this.backlog = backlog;
    }

    /** Rejected webhooks by minute, reason and origin; with {@code unaddressed} those sent to unknown addresses. */
    @Requires(value = "read:ingress", tenantWide = true)
    @GetMapping("/rejections")
    Page<Rejection> rejections(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "false") boolean unaddressed) {
        if (unaddressed) {
            caller.require("operate:platform");
        }
        int max = Math.clamp(limit, 1, 200);
        List<Rejection> found = unaddressed
                ? rejections.listUnaddressed(max)
                : rejections.list(caller.scope().tenant(), max);
        return new Page<>(found, null);
    }

    /** Events that are not done, by client and status, with the age of the oldest. */
    @Requires("read:ingress")
    @GetMapping("/backlog")
    Page<Backlog.WaitingEvents> backlog(Caller caller) {
        return new Page<>(backlog.countUnfinished(caller.scope()), null);
    }

    /** The routes that unattributed events wait for; those with the most events first. */
    @Requires(value = "read:ingress", tenantWide = true)
    @GetMapping("/unattributed")
    Page<Backlog.UnmappedRoute> unattributed(Caller caller, @RequestParam(defaultValue = "50") int limit) {
        return new Page<>(backlog.listUnmappedRoutes(caller.scope().tenant(), Math.clamp(limit, 1, 200)), null);
    }
}
