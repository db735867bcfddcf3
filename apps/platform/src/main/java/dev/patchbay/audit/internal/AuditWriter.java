package dev.patchbay.audit.internal;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.web.ImpersonatorAttribute;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Writes entries. The database itself refuses changes: the login that serves may insert and read, no more. */
@Component
class AuditWriter {

    private static final int LONGEST_AGENT = 512;

    private final JdbcClient jdbc;
    private final Clock clock;

    AuditWriter(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Joins the transaction of the change; outside of one the statement is refused, and so is the change. */
    @EventListener
    void write(Auditable done) {
        Instant now = clock.instant();
        jdbc.sql("""
                        INSERT INTO patchbay.audit_entry (tenant_id, entry_id, client_id, actor, action, resource,
                                                          before_digest, after_digest, correlation_id, source_ip,
                                                          user_agent, on_behalf_of, at)
                        VALUES (:tenant, :entry, :client, :actor, :action, :resource,
                                :before, :after, :correlation, :ip, :agent, :acting, :at)""")
                .param("tenant", done.scope().tenant().value())
                .param("entry", Ids.next("aud", now))
                .param("client", done.scope().client().map(ClientId::value).orElse(null))
                .param("actor", done.actor())
                .param("action", done.action())
                .param("resource", done.resource())
                .param("before", done.before().orElse(null))
                .param("after", done.after().orElse(null))
                .param("correlation", done.correlation().value())
                .param("ip", ofRequest(HttpServletRequest::getRemoteAddr))
                .param("agent", ofRequest(AuditWriter::userAgent))
                .param("acting", ofRequest(request -> (String) request.getAttribute(ImpersonatorAttribute.NAME)))
                .param("at", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Null for what the system does by itself. */
    private static @Nullable String ofRequest(Function<HttpServletRequest, @Nullable String> member) {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes web
                ? member.apply(web.getRequest())
                : null;
    }

    private static @Nullable String userAgent(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT))
                .map(agent -> agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)))
                .orElse(null);
    }
}
