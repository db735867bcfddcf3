package dev.patchbay.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * For which tenant and client this thread works: in every log line as {@code tenant} and {@code client}, and the owner of its share of
 * places that tenants share. It grants nothing; rows are reached through {@code Tenancy} only.
 */
public final class TenantContext {

    /** In log lines and in the mapped diagnostic context. */
    public static final String TENANT = "tenant";

    public static final String CLIENT = "client";

    private TenantContext() {}

    /** Ends what {@link #open} began. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Works for the tenant until the scope is closed, then for whom it worked before. */
    public static Scope open(TenantId tenant) {
        return open(tenant, Optional.empty());
    }

    /** Works for the client of the tenant until the scope is closed, then for whom it worked before. */
    public static Scope open(TenantId tenant, Optional<ClientId> client) {
        String outerTenant = MDC.get(TENANT);
        String outerClient = MDC.get(CLIENT);
        set(TENANT, tenant.value());
        set(CLIENT, client.map(ClientId::value).orElse(null));
        return () -> {
            set(TENANT, outerTenant);
            set(CLIENT, outerClient);
        };
    }

    private static void set(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }

    /** The tenant for which this thread works; empty for work of the installation. */
    public static Optional<TenantId> current() {
        return Optional.ofNullable(MDC.get(TENANT)).map(TenantId::new);
    }
}
