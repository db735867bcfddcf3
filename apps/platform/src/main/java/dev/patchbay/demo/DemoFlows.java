package dev.patchbay.demo;

import dev.patchbay.flows.definition.FlowVersions;
import dev.patchbay.flows.definition.Flows;
import dev.patchbay.kernel.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** Creates the ready flow for every client of the demo. */
final class DemoFlows {

    private static final String NAME = "book-from-call";
    private static final String ACTOR = "system";

    private DemoFlows() {}

    /** An existing flow of that name stays as it is, since it may have been edited. */
    static void plant(Flows flows, FlowVersions versions, TenantId tenant) throws IOException {
        if (flows.findByName(tenant, NAME).isPresent()) {
            return;
        }
        String file = new ClassPathResource("flows/" + NAME + ".yaml").getContentAsString(StandardCharsets.UTF_8);
        var id = flows.create(tenant, ACTOR, file).id();
        versions.promote(tenant, ACTOR, id, null);
        for (DemoClient client : DemoClient.ALL) {
            flows.assign(tenant, ACTOR, id, client.id());
        }
    }
}
