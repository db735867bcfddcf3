package dev.patchbay.sandbox.core;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A vendor with a single GET endpoint that accepts or rejects an API key. The platform's connection check needs no more.
 *
 * @param readApiKey reads the key from the request's headers
 * @param data the member {@code data} of the response to a valid key
 */
public record ApiKeyVendor(
        String name,
        Store store,
        Table accounts,
        Table requestLog,
        String operation,
        String path,
        Function<Request, String> readApiKey,
        Supplier<JsonNode> data)
        implements Vendor {

    @Override
    public List<Route> routes() {
        return List.of(Route.of(operation, "GET", path, this::checkApiKey));
    }

    /** @param account {@code {apiKey}} */
    @Override
    public void putAccount(ObjectNode account) {
        store.put(accounts, Json.text(account, "apiKey"), account);
    }

    private Response checkApiKey(Request request) {
        if (store.find(accounts, readApiKey.apply(request)).isEmpty()) {
            return errorResponse(401, "unauthorized");
        }
        ObjectNode body = Json.object();
        body.set("data", data.get());
        return Response.ok(body);
    }

    @Override
    public Response errorResponse(int status, String message) {
        return Response.json(status, Json.object().put("message", message));
    }
}
