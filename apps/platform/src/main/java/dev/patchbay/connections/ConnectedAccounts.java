package dev.patchbay.connections;

import dev.patchbay.connections.spi.ConnectionDependents.Dependent;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What people do to connections: connect an account, see how it is, give it new credentials, take it out of use. Every
 * change is audited in its own transaction, and no answer holds a secret. A connection that is not there is a
 * {@link Problem} {@code 404.connection_not_found}.
 */
public interface ConnectedAccounts {

    /**
     * @param id chosen by whoever connects; null makes one
     * @param baseUrl null means the provider's own; another one only outside prod or where the operator allows it
     * @param secrets may be incomplete: the connection then waits for the rest
     */
    record NewAccount(
            @Nullable String id,
            String provider,
            String name,
            @Nullable URI baseUrl,
            JsonNode settings,
            Map<String, String> secrets,
            Optional<String> ingressKey) {

        @Override
        public String toString() {
            return "NewAccount[" + provider + " " + name + "]";
        }
    }

    /** A secret that is set; its value leaves only to the provider. */
    record SecretView(String name, Instant setAt) {}

    /**
     * @param baseUrl null where owners consent: the address of such a provider's API is no business of a browser
     * @param account what the provider calls the account; null while nobody consented to it
     * @param sentence what is wrong and what to do; null when nothing is
     */
    record ConnectionView(
            String id,
            String provider,
            String name,
            @Nullable String baseUrl,
            JsonNode settings,
            @Nullable String account,
            ConnectionState state,
            Instant since,
            @Nullable Instant testedAt,
            @Nullable Instant nextTestAt,
            @Nullable String sentence,
            List<SecretView> secrets) {}

    /** By id, after the given one; empty text starts at the first. */
    Page<ConnectionView> list(TenantId tenant, int limit, String after);

    ConnectionView get(TenantId tenant, String connectionId);

    /**
     * Connects an account and tests it.
     *
     * @throws Problem {@code 422.connection_invalid} with every problem found
     */
    ConnectionView connect(TenantId tenant, String actor, NewAccount account);

    /** Changes name and settings; null leaves what is there. Other settings are tested. */
    ConnectionView change(
            TenantId tenant, String actor, String connectionId, @Nullable String name, @Nullable JsonNode settings);

    /** Gives it other secrets, or the ones it waits for, and tests it. Connects a disconnected one again. */
    ConnectionView enterSecrets(TenantId tenant, String actor, String connectionId, Map<String, String> secrets);

    /**
     * Lets a secret and the one that was entered as {@code <name>.next} change places; webhooks signed with either are
     * accepted.
     */
    ConnectionView promoteSecret(TenantId tenant, String actor, String connectionId, String name);

    /** Forgets {@code <name>.next}: only the secret itself is accepted from here on. */
    ConnectionView retireSecret(TenantId tenant, String actor, String connectionId, String name);

    /** Tests it now. */
    ConnectionView test(TenantId tenant, String connectionId);

    /** @param clientId whose it is, as far as anybody has said */
    record ResourceView(String id, String name, @Nullable String clientId) {}

    /**
     * What the account holds that can belong to a client, asked of the provider now.
     *
     * @param kind {@code agent}, {@code number}, {@code calendar} or {@code location}
     */
    List<ResourceView> listResources(TenantId tenant, String connectionId, String kind);

    /** What would stop if it were disconnected. */
    List<Dependent> findDependents(TenantId tenant, String connectionId);

    /** Takes it out of use and forgets its secrets; bindings and mappings stay for the day it is connected again. */
    ConnectionView disconnect(TenantId tenant, String actor, String connectionId);
}
