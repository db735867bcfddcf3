package dev.patchbay.demo;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** A client of the demo, with its ids at each provider. */
record DemoClient(
        ClientId id,
        String name,
        ZoneId zone,
        Locale locale,
        String agentId,
        String phone,
        String locationId,
        String calendarId) {

    static final List<DemoClient> ALL = List.of(
            of("northside", "Northside Dental", "America/Chicago", Locale.US, "+13125550142"),
            of("harbor", "Harbor Fitness", "Europe/Berlin", Locale.GERMANY, "+493055501234"));

    private static DemoClient of(String key, String name, String zone, Locale locale, String phone) {
        return new DemoClient(
                new ClientId("cli_" + key),
                name,
                ZoneId.of(zone),
                locale,
                "agent_" + key,
                phone,
                "loc_" + key,
                key + "@group.calendar.google.com");
    }

    /** The client's customer id in the agency's Stripe account. */
    String customerId() {
        return "cus_" + locationId.substring("loc_".length());
    }

    ConnectionId highLevelConnection() {
        return new ConnectionId("con_highlevel_" + locationId.substring("loc_".length()));
    }
}
