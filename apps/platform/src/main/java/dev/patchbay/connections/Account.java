package dev.patchbay.connections;

import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A connection, opened for use: what an adapter needs to speak to a provider as this tenant. Lives only as long as the
 * call it serves and is never written anywhere; its text form names no secret.
 *
 * @param connectionId the connection's id
 * @param provider for example {@code highlevel}
 * @param baseUrl where the provider listens, without a trailing slash
 * @param settings what is not secret, for example the location's id
 * @param secrets what is: by name, opened
 */
public record Account(
        String connectionId,
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
     * An opened secret and its alternatives: during a rotation a second one is kept as {@code name.<anything>}, and either
     * may have signed. Empty where there is none.
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
