package dev.patchbay.insights.calls;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.ingress.CallEvents;
import dev.patchbay.ingress.CallEvents.Conversation;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Writes the read model of calls and days of a tenant again from its facts, while the tenant continues to work. Calls whose
 * events were deleted after their retention, or whose person was erased, are not changed.
 */
@Service
public class CallRebuild {

    private static final Logger LOG = LoggerFactory.getLogger(CallRebuild.class);
    private static final int BATCH = 100;

    private final CallEvents events;
    private final CallProjection projection;
    private final CallRepository calls;
    private final CallMarkRepository marks;
    private final ChangeAudit audit;
    private final Tenancy tenancy;
    private final Map<TenantId, Progress> progress = new ConcurrentHashMap<>();

    CallRebuild(
            CallEvents events,
            CallProjection projection,
            CallRepository calls,
            CallMarkRepository marks,
            ChangeAudit audit,
            Tenancy tenancy) {
        this.events = events;
        this.projection = projection;
        this.calls = calls;
        this.marks = marks;
        this.audit = audit;
        this.tenancy = tenancy;
    }

    /** The state of a rebuild. */
    public enum State {
        NONE,
        RUNNING,
        DONE,
        FAILED;

        /** Returns the state as the API writes it, for example {@code running}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param events the number of events that were read */
    public record Progress(State state, long events) {}

    /** Returns the progress of the last rebuild that this process started. */
    public Progress progress(TenantId tenant) {
        return progress.getOrDefault(tenant, new Progress(State.NONE, 0));
    }

    /** Starts a rebuild in the background, unless this process is already running one for the tenant. */
    public Progress start(TenantId tenant, String actor) {
        var running = new Progress(State.RUNNING, 0);
        if (progress(tenant).state() == State.RUNNING) {
            return progress(tenant);
        }
        progress.put(tenant, running);
        tenancy.inTenant(
                tenant,
                () -> audit.recordChange(
                        TenantScope.of(tenant), actor, "calls.rebuilt", "calls", null, Map.of("rebuilt", true)));
        Thread.ofVirtual().name("call-rebuild").start(() -> rebuildOrFail(tenant));
        return running;
    }

    private void rebuildOrFail(TenantId tenant) {
        try {
            rebuild(tenant);
        } catch (RuntimeException failure) {
            LOG.error("tenant {}: the rebuild of its calls failed; start it again", tenant, failure);
            progress.computeIfPresent(tenant, (_, last) -> new Progress(State.FAILED, last.events()));
        }
    }

    /**
     * Rebuilds the read model.
     *
     * @return the number of events that were read
     */
    long rebuild(TenantId tenant) {
        long read = 0;
        String after = "";
        var zones = new HashMap<ClientId, ZoneId>();
        List<Conversation> page;
        do {
            page = events.findConversations(tenant, after, BATCH);
            if (!page.isEmpty()) {
                refresh(tenant, page, zones);
                read += page.size();
                after = page.getLast().event().value();
                progress.put(tenant, new Progress(State.RUNNING, read));
            }
        } while (page.size() == BATCH);
        tenancy.inTenant(tenant, () -> {
            marks.lock(tenant);
            calls.recount(tenant);
        });
        progress.put(tenant, new Progress(State.DONE, read));
        return read;
    }

    private void refresh(TenantId tenant, List<Conversation> page, Map<ClientId, ZoneId> zones) {
        var correlations = page.stream().map(Conversation::correlation).collect(Collectors.toUnmodifiableSet());
        tenancy.inTenant(tenant, () -> {
            marks.lock(tenant);
            projection.refresh(tenant, correlations, zones);
        });
    }
}
