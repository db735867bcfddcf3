package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.ResourceLister;
import dev.patchbay.integrations.kit.ResourceListerKit;

class GoogleAccountsTests extends ResourceListerKit {

    GoogleAccountsTests() {
        super(new Listing(
                "google", "{}", "access_token", "calendar", """
                {"items": [{"id": "x1", "summary": "Ada"}]}
                """, "x1", "Google does not list its calendars just now"));
    }

    @Override
    protected ResourceLister lister(OutgoingHttp http) {
        return new GoogleAccounts(http);
    }
}
