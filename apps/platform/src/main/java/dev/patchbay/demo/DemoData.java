package dev.patchbay.demo;

import dev.patchbay.flows.definition.FlowVersions;
import dev.patchbay.flows.definition.Flows;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.people.Users;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.DatabaseOwner;
import dev.patchbay.kernel.database.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
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

/** Creates the demo agency each time a development platform has started; what exists stays. */
@Component
@ConditionalOnProperty(name = "patchbay.environment", havingValue = "dev")
final class DemoData {

    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);
    private static final Set<String> EVERYTHING = Set.of("*:*", "operate:platform", "write:flags");

    private final DemoSettings settings;
    private final Tenants tenants;
    private final Clients clients;
    private final Users users;
    private final RoleAssignments assignments;
    private final ServiceTokens tokens;
    private final DemoSetup demoSetup;
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
            DemoSetup demoSetup,
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
        this.demoSetup = demoSetup;
        this.demoConsent = demoConsent;
        this.flows = flows;
        this.versions = versions;
        this.databaseOwner = databaseOwner;
        this.database = database;
    }

    @EventListener(ApplicationReadyEvent.class)
    void plant() throws IOException {
        var secrets = DevSecrets.load(settings.dataDir());
        var credentials = new DemoCredentials(settings, secrets);
        var connections = new DemoConnections(settings, credentials);
        String token = "pbt_" + secrets.derive("service token") + secrets.derive("service token, rest");
        tenants.save(DemoTenant.ID, DemoTenant.NAME);
        for (DemoClient client : DemoClient.ALL) {
            clients.put(
                    DemoTenant.ID,
                    new Client(client.id(), client.name(), client.zone(), Json.object(), client.locale()));
        }
        DemoUser.addAll(tenants, users, assignments, settings.sandboxUrl() + "/google");
        tokens.issueFixed(DemoTenant.ID, "development", EVERYTHING, token);
        boolean registered = registerAtSandbox(new SandboxAccounts(settings, credentials));
        demoSetup.connect(DemoTenant.ID, connections.keyAccounts());
        demoSetup.connect(Tenants.PLATFORM, List.of(connections.operatorsAccount()));
        demoSetup.map(DemoTenant.ID, DemoConnections.sources());
        if (registered) {
            demoSetup.bind(Tenants.PLATFORM, List.of(DemoConnections.operatorsBinding()));
            demoConsent.connectAll(DemoTenant.ID, connections.oauthAccounts(), DemoData::followRedirect);
            demoSetup.bind(DemoTenant.ID, DemoConnections.bindings());
        }
        DemoFlows.plant(flows, versions, DemoTenant.ID);
        DevFile.write(settings.dataDir(), DevFile.of(settings, credentials, token, databaseOwner, database));
        LOG.info("demo data is complete; dev.json is in {}", settings.dataDir());
    }

    /** The address that the page redirects a browser to. */
    private static URI followRedirect(URI page) {
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

    /**
     * Registers the accounts at the sandbox. Bypasses {@code connections.http}, because the control API is no provider of a
     * tenant.
     */
    private boolean registerAtSandbox(SandboxAccounts accounts) {
        try {
            RestClient.create()
                    .put()
                    .uri(settings.sandboxUrl().resolve("/_sandbox/accounts"))
                    .header("Content-Type", "application/json")
                    .body(Json.MAPPER.writeValueAsBytes(accounts.toJson()))
                    .retrieve()
                    .toBodilessEntity();
            return true;
        } catch (RestClientException unreachable) {
            LOG.warn("the sandbox at {} does not answer; start it, then restart the platform", settings.sandboxUrl());
            return false;
        }
    }
}
