package dev.patchbay.integrations.twilio;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.ResourceLister;
import dev.patchbay.integrations.kit.ResourceListerKit;

class TwilioAccountsTests extends ResourceListerKit {

    TwilioAccountsTests() {
        super(new Listing(
                "twilio",
                "{\"accountSid\":\"AC1\"}",
                "auth_token",
                "number",
                """
                {"incoming_phone_numbers": [{"phone_number": "+1", "friendly_name": "Ada"}]}
                """,
                "+1",
                "Twilio does not list its numbers just now"));
    }

    @Override
    protected ResourceLister lister(OutgoingHttp http) {
        return new TwilioAccounts(http);
    }
}
