package dev.patchbay.demo;

import dev.patchbay.flows.FlowVersions;
import dev.patchbay.flows.Flows;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.people.Users;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.DatabaseOwner;
import dev.patchbay.kernel.database.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Plants the demo each time a development platform is ready; what is already there stays. */
@Component
@ConditionalOnProperty(name = "patchbay.environment", havingValue = "dev")
final class DemoData {

    static final TenantId TENANT = new TenantId("tnt_demo");

    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);
    private static final Set<String> EVERYTHING = Set.of("*:*", "operate:platform");

    private final DemoSettings settings;
    private final Tenants tenants;
    private final Clients clients;
    private final Users users;
    private final RoleAssignments assignments;
    private final ServiceTokens tokens;
    private final Settlement settlement;
    private final DemoConsent demoConsent;
    private final Flows flows;
    private final FlowVersions versions;
    private final DatabaseOwner databaseOwner;
    private final DatabaseSettings database;

    DemoData(
            DemoSettings settings,
            Tenants tenants,
            Clients clients,
            Users users,
            RoleAssignments assignments,
            ServiceTokens tokens,
            Settlement settlement,
            DemoConsent demoConsent,
            Flows flows,
            FlowVersions versions,
            DatabaseOwner databaseOwner,
            DatabaseSettings database) {
        this.settings = settings;
        this.tenants = tenants;
        this.clients = clients;
        this.users = users;
        this.assignments = assignments;
        this.tokens = tokens;
        this.settlement = settlement;
        this.demoConsent = demoConsent;
        this.flows = flows;
        this.versions = versions;
        this.databaseOwner = databaseOwner;
        this.database = database;
    }

    @EventListener(ApplicationReadyEvent.class)
    void plant() throws IOException {
        var secrets = DevSecrets.in(settings.dataDir());
        var accounts = new DemoConnections(settings, secrets);
        String token = "pbt_" + secrets.of("service token") + secrets.of("service token, rest");
        tenants.create(TENANT, "Bright Agency");
        for (DemoClient client : DemoClient.ALL) {
            clients.put(TENANT, new Client(client.id(), client.name(), client.zone(), Json.object(), client.locale()));
        }
        DemoPerson.settle(tenants, users, assignments, settings.sandboxUrl());
        tokens.issue(TENANT, "development", EVERYTHING, token);
        boolean introduced = introduceTo(accounts);
        settlement.connect(TENANT, accounts.keyed());
        settlement.map(TENANT, DemoConnections.sources());
        if (introduced) {
            demoConsent.consent(TENANT, accounts.owned(), DemoData::sentOn);
            settlement.bind(TENANT, DemoConnections.bindings());
        }
        DemoFlows.plant(flows, versions, TENANT);
        DevFile.write(settings.dataDir(), DevFile.of(settings, accounts, TENANT, token, databaseOwner, database));
        LOG.info("the demo is planted; dev.json is in {}", settings.dataDir());
    }

    /** As a browser would be; a JDK client does not follow by itself. */
    private static URI sentOn(URI page) {
        return Objects.requireNonNull(RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .build()
                .get()
                .uri(page)
                .retrieve()
                .toBodilessEntity()
                .getHeaders()
                .getLocation());
    }

    /** Not through the outgoing factory: the sandbox's control is no provider of any tenant. */
    private boolean introduceTo(DemoConnections accounts) {
        try {
            RestClient.create()
                    .put()
                    .uri(settings.sandboxUrl().resolve("/_sandbox/accounts"))
                    .header("Content-Type", "application/json")
                    .body(Json.MAPPER.writeValueAsBytes(accounts.asSandboxKnowsThem()))
                    .retrieve()
                    .toBodilessEntity();
            return true;
        } catch (RestClientException absent) {
            LOG.warn("no sandbox answers at {}: start it, then start the platform again", settings.sandboxUrl());
            return false;
        }
    }
}
