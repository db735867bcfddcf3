package dev.patchbay.connections;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A connection with its secrets opened: all that an adapter needs to call a provider for this tenant. Lives as long as the
 * call it serves and is never stored; its text form contains no secret.
 *
 * @param provider for example {@code highlevel}
 * @param baseUrl of the provider's API, without a trailing slash
 * @param settings everything that is not secret, for example the location's id
 * @param secrets opened secrets by name
 */
public record Account(
        ConnectionId connectionId,
        TenantId tenant,
        String provider,
        URI baseUrl,
        JsonNode settings,
        Map<String, String> secrets) {

    /**
     * An opened secret.
     *
     * @throws NoSuchElementException when the connection holds no secret of that name
     */
    public String secret(String name) {
        String secret = secrets.get(name);
        if (secret == null) {
            throw new NoSuchElementException("connection " + connectionId + " holds no secret named " + name);
        }
        return secret;
    }

    /**
     * Every secret that a webhook may be signed with: the named one first, then those kept beside it as
     * {@code name.<anything>} while it is rotated. Empty when there is none.
     */
    public List<String> acceptedSecrets(String name) {
        return Stream.concat(
                        Stream.ofNullable(secrets.get(name)),
                        secrets.entrySet().stream()
                                .filter(secret -> secret.getKey().startsWith(name + "."))
                                .map(Map.Entry::getValue))
                .toList();
    }

    @Override
    public String toString() {
        return "Account[" + provider + " " + connectionId + "]";
    }
}
