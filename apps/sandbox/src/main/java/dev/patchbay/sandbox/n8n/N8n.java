package dev.patchbay.sandbox.n8n;

import dev.patchbay.sandbox.core.ApiKeyVendor;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Vendor;
import java.util.List;

/** n8n's API. It accepts or rejects an API key in {@code X-N8N-API-KEY}. */
public final class N8n {

    private N8n() {}

    public static Vendor create(Store store) {
        return new ApiKeyVendor(
                "n8n",
                store,
                Table.N8N_ACCOUNTS,
                Table.N8N_LOG,
                "workflows.list",
                "/api/v1/workflows",
                request -> request.header("X-N8N-API-KEY"),
                () -> Json.array(List.of()));
    }
}
