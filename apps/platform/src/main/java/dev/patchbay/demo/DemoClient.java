package dev.patchbay.demo;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import java.time.ZoneId;
import java.util.List;

/** A business of the demo, with what each provider knows of it. */
record DemoClient(
        ClientId id, String name, ZoneId zone, String agentId, String phone, String locationId, String calendarId) {

    static final List<DemoClient> ALL = List.of(
            of("northside", "Northside Dental", "America/Chicago", "+13125550142"),
            of("harbor", "Harbor Fitness", "Europe/Berlin", "+493055501234"));

    private static DemoClient of(String key, String name, String zone, String phone) {
        return new DemoClient(
                new ClientId("cli_" + key),
                name,
                ZoneId.of(zone),
                "agent_" + key,
                phone,
                "loc_" + key,
                key + "@group.calendar.google.com");
    }

    /** What the agency's Stripe account calls the client that pays it. */
    String customerId() {
        return "cus_" + locationId.substring("loc_".length());
    }

    ConnectionId highLevelConnection() {
        return new ConnectionId("con_highlevel_" + locationId.substring("loc_".length()));
    }
}
