package dev.patchbay.audit.web;

import dev.patchbay.audit.AuditEntry;
import dev.patchbay.audit.AuditTrail;
import dev.patchbay.iam.Caller;
import dev.patchbay.iam.Requires;
import dev.patchbay.kernel.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/audit}: what was done, newest first. */
@RestController
@RequestMapping("/api/v1/audit")
final class AuditController {

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    @Requires("read:audit")
    @GetMapping
    Page<AuditEntry> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        int most = Math.clamp(limit, 1, 200);
        return Page.of(trail.list(caller.scope(), most + 1, after), most, AuditEntry::id);
    }
}
