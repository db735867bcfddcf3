package dev.patchbay.audit.web;

import dev.patchbay.audit.AuditChain;
import dev.patchbay.audit.AuditEntry;
import dev.patchbay.audit.AuditHead;
import dev.patchbay.audit.AuditQuery;
import dev.patchbay.audit.AuditTrail;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.CorrelationFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists and exports the audit trail. */
@RestController
@RequestMapping("/api/v1/audit")
final class AuditController {

    private static final String NDJSON = "application/x-ndjson";

    private final AuditTrail trail;
    private final AuditChain chain;

    AuditController(AuditTrail trail, AuditChain chain) {
        this.trail = trail;
        this.chain = chain;
    }

    /** Entries newest first, page by page; as NDJSON the whole chain, oldest first. */
    @Requires("read:audit")
    @GetMapping
    @Nullable Page<AuditEntry> list(
            Caller caller,
            @RequestParam Optional<String> actor,
            @RequestParam Optional<String> action,
            @RequestParam Optional<String> resource,
            @RequestParam Optional<String> client,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to,
            @RequestParam Optional<String> correlationId,
            @RequestParam Optional<String> after,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "json") String format,
            @RequestParam(defaultValue = "0") long afterSeq,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        int pageSize = Math.clamp(limit, 1, 200);
        var query = new AuditQuery(actor, action, resource, client, from, to, correlationId, after, pageSize);
        if (format.equals("ndjson") || NDJSON.equals(request.getHeader(HttpHeaders.ACCEPT))) {
            export(caller, query, afterSeq, request, response);
            return null;
        }
        return Page.of(trail.list(caller.scope(), query), pageSize, AuditEntry::id);
    }

    @Requires(value = "read:audit", tenantWide = true)
    @GetMapping("/head")
    AuditHead head(Caller caller) {
        return chain.head(caller.scope().tenant());
    }

    /** A reader recognises a truncated export by its missing last line, the head. */
    private void export(
            Caller caller, AuditQuery query, long afterSeq, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!caller.scope().isWholeTenant()) {
            throw new Problem(
                    ProblemType.FORBIDDEN,
                    "An export needs the whole agency: a chain without other clients' entries proves nothing.");
        }
        if (query.isFiltered()) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "An export is the chain without gaps: limit it by afterSeq only, or request JSON.");
        }
        var auditExport = chain.startExport(
                caller.scope().tenant(), caller.subject(), Math.max(afterSeq, 0), CorrelationFilter.of(request));
        response.setContentType(NDJSON);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.ndjson\"");
        chain.writeExport(auditExport, response.getOutputStream());
    }
}
