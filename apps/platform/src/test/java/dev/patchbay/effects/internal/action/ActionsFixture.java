package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.Outages;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.NodeSettings;
import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.internal.calendar.CalendarClaims;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.effects.internal.ratelimit.RateLimiter;
import dev.patchbay.effects.spi.Port;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Actions of a process that has only the adapters that a test gives it, on the real ledger. */
@Component
public class ActionsFixture {

    /** An act window of two seconds, no settle time, retries after 10 ms. */
    private static final NodeSettings SHORT = new NodeSettings(
            "n",
            Duration.ofSeconds(15),
            Duration.ofSeconds(2),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            256);

    private final EffectLedger ledger;
    private final Connections connections;
    private final PortContracts contracts;
    private final NodeSettings settings;
    private final CalendarClaims calendarClaims;
    private final Tenancy tenancy;
    private final RateLimiter rateLimiter;
    private final Outages outages;
    private final JdbcClient jdbc;

    ActionsFixture(
            EffectLedger ledger,
            Connections connections,
            PortContracts contracts,
            NodeSettings settings,
            CalendarClaims calendarClaims,
            Tenancy tenancy,
            RateLimiter rateLimiter,
            Outages outages,
            JdbcClient jdbc) {
        this.ledger = ledger;
        this.connections = connections;
        this.contracts = contracts;
        this.settings = settings;
        this.calendarClaims = calendarClaims;
        this.tenancy = tenancy;
        this.rateLimiter = rateLimiter;
        this.outages = outages;
        this.jdbc = jdbc;
    }

    public Actions with(List<Port> adapters) {
        return with(adapters, settings);
    }

    public Actions withShortTimings(List<Port> adapters) {
        return with(adapters, SHORT);
    }

    ContactAction contactAction() {
        return new ContactAction(this, tenancy, jdbc);
    }

    private Actions with(List<Port> adapters, NodeSettings timings) {
        return new ActionExecutor(
                ledger, connections, contracts, timings, calendarClaims, tenancy, rateLimiter, outages, adapters);
    }
}
