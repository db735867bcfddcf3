package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.ingress.internal.Backlog;
import dev.patchbay.ingress.internal.RejectionRepository;
import dev.patchbay.ingress.internal.RejectionRepository.Rejection;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an operator asks of ingress: what was refused, what waits, and for whom nobody has said whose it is. */
@RestController
@RequestMapping("/api/v1/ingress")
class IngressOperationsController {

    private final RejectionRepository rejections;
    private final Backlog backlog;
    private final Tenancy tenancy;

    IngressOperationsController(RejectionRepository rejections, Backlog backlog, Tenancy tenancy) {
        this.rejections = rejections;
        this.backlog = backlog;
        this.tenancy = tenancy;
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
}
