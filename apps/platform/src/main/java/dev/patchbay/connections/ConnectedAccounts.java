package dev.patchbay.connections;

import dev.patchbay.kernel.ConnectionId;
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
 * Manages connections for people: connect an account, inspect it, change its secrets, disconnect it. Every change is audited
 * in its own transaction, and no response contains a secret. An unknown connection is a {@link Problem}
 * {@code 404.connection_not_found}.
 */
public interface ConnectedAccounts {

    /**
     * @param id null generates one
     * @param baseUrl null means the provider's own address; another one is allowed only outside prod or where the operator
     *     allows it
     * @param secrets may be incomplete: the connection then waits for the rest in {@link ConnectionState#NEEDS_SECRET}
     * @param ingressKey the random part of the webhook address; empty generates one where the provider sends webhooks
     */
    record NewAccount(
            @Nullable ConnectionId id,
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

    /** Names a stored secret; its value is sent to the provider only. */
    record SecretView(String name, Instant setAt) {}

    /**
     * An outage of the provider: its credentials may be good, but it does not answer.
     *
     * @param state {@code AWAY} or {@code RECOVERING}
     * @param waitingRuns how many runs wait; they continue by themselves
     * @param sentence the one line that people read
     */
    record OutageView(OutageState state, Instant since, int waitingRuns, String sentence) {}

    /**
     * @param baseUrl the address of the API; null where accounts are connected by consent, because browsers do not need that
     *     address
     * @param account the provider's name for the account; null until its owner consented
     * @param sentence the problem and its remedy; null when there is no problem
     * @param outage null while the provider answers
     */
    record ConnectionView(
            ConnectionId id,
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
            List<SecretView> secrets,
            @Nullable OutageView outage) {}

    /** Returns a page of connections by id, after the given one; an empty text starts at the first. */
    Page<ConnectionView> list(TenantId tenant, int limit, String after);

    /** Returns the connection, without its secrets. */
    ConnectionView get(TenantId tenant, ConnectionId connectionId);

    /**
     * Connects an account and runs its health check.
     *
     * @throws Problem {@code 422.connection_invalid} with every problem found
     */
    ConnectionView connect(TenantId tenant, String actor, NewAccount account);

    /** Changes name and settings; null keeps the current value. Changed settings are checked with the provider at once. */
    ConnectionView change(
            TenantId tenant,
            String actor,
            ConnectionId connectionId,
            @Nullable String name,
            @Nullable JsonNode settings);

    /** Stores the named secrets and runs the health check. Reconnects a disconnected account. */
    ConnectionView enterSecrets(TenantId tenant, String actor, ConnectionId connectionId, Map<String, String> secrets);

    /** Swaps a secret with the one entered as {@code <name>.next}; webhooks signed with either are accepted. */
    ConnectionView promoteSecret(TenantId tenant, String actor, ConnectionId connectionId, String name);

    /** Deletes {@code <name>.next}, so that from now on only the secret itself is accepted. */
    ConnectionView retireSecret(TenantId tenant, String actor, ConnectionId connectionId, String name);

    /** Runs the health check now. */
    ConnectionView test(TenantId tenant, ConnectionId connectionId);

    /** @param clientId the client to which it is mapped; null when it is not mapped */
    record ResourceView(String id, String name, @Nullable String clientId) {}

    /**
     * Lists the account's resources of a kind, read from the provider now.
     *
     * @param kind {@code agent}, {@code number}, {@code calendar} or {@code location}
     */
    List<ResourceView> listResources(TenantId tenant, ConnectionId connectionId, String kind);

    /** Lists everything that would stop working if the connection were disconnected. */
    List<Dependent> findDependents(TenantId tenant, ConnectionId connectionId);

    /** Disconnects the account and deletes its secrets; bindings and routes stay for a later reconnect. */
    ConnectionView disconnect(TenantId tenant, String actor, ConnectionId connectionId);
}
