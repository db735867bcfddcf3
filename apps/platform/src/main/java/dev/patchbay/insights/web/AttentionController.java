package dev.patchbay.insights.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.insights.attention.Attention;
import dev.patchbay.insights.attention.Attention.Reach;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantScope;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves {@code GET /api/v1/attention}: the things that need a person now. */
@RestController
class AttentionController {

    private final Attention attention;

    AttentionController(Attention attention) {
        this.attention = attention;
    }

    /**
     * Returns the lines that the caller may see. Lines about connections need the permission to read connections, and lines
     * about events without a client need the permission to read ingress.
     */
    @Requires("read:runs")
    @GetMapping("/api/v1/attention")
    Attention.Summary get(Caller caller, @RequestParam Optional<String> client) {
        var reach = new Reach(
                caller.scope(),
                holdsForTenant(caller, "read:flows"),
                holdsForTenant(caller, "read:connections"),
                holdsForTenant(caller, "read:ingress"));
        return attention.find(reach, client);
    }

    private static boolean holdsForTenant(Caller caller, String permission) {
        return caller.scopes()
                .findScope(Permission.of(permission))
                .filter(TenantScope::isWholeTenant)
                .isPresent();
    }
}
