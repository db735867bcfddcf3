package dev.patchbay.sandbox.openrouter;

import dev.patchbay.sandbox.core.ApiKeyVendor;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Vendor;

/** OpenRouter's API. It accepts or rejects an API key as a bearer token. */
public final class OpenRouter {

    private OpenRouter() {}

    public static Vendor create(Store store) {
        return new ApiKeyVendor(
                "openrouter",
                store,
                Table.OPENROUTER_ACCOUNTS,
                Table.OPENROUTER_LOG,
                "key.get",
                "/api/v1/key",
                Request::bearerToken,
                () -> Json.object().put("label", "sandbox"));
    }
}
