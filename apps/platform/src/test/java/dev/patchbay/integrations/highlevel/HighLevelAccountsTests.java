package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.ResourceLister;
import dev.patchbay.integrations.kit.ResourceListerKit;

class HighLevelAccountsTests extends ResourceListerKit {

    HighLevelAccountsTests() {
        super(new Listing(
                "highlevel",
                "{\"locationId\":\"loc_1\"}",
                "access_token",
                "calendar",
                """
                {"calendars": [{"id": "x1", "name": "Ada"}]}
                """,
                "x1",
                "HighLevel does not list its calendars just now"));
    }

    @Override
    protected ResourceLister lister(OutgoingHttp http) {
        return new HighLevelAccounts(http);
    }
}
