package dev.patchbay.integrations.retell;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.ResourceLister;
import dev.patchbay.integrations.kit.ResourceListerKit;

class RetellAccountsTests extends ResourceListerKit {

    RetellAccountsTests() {
        super(new Listing("retell", "{}", "api_key", "agent", """
                [{"agent_id": "x1", "agent_name": "Ada"}, {"agent_id": "x1", "agent_name": "Ada"}]
                """, "x1", "Retell does not list its agents just now"));
    }

    @Override
    protected ResourceLister lister(OutgoingHttp http) {
        return new RetellAccounts(http);
    }
}
