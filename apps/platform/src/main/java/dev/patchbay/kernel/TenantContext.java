package dev.patchbay.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The tenant and client for which this thread works. Every log line has them as {@code tenant} and {@code client}, and the
 * tenant's share of slots that tenants share is counted by them. The context grants no access: rows are reached only through
 * {@code Tenancy}.
 */
public final class TenantContext {

    /** The name of the tenant in log lines and in the mapped diagnostic context. */
    public static final String TENANT = "tenant";

    public static final String CLIENT = "client";

    private TenantContext() {}

    /** Restores the context that was current before {@link #open}. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Sets the tenant until the scope is closed; then the previous context is restored. */
    public static Scope open(TenantId tenant) {
        return open(tenant, Optional.empty());
    }

    /** Sets the tenant and client until the scope is closed; then the previous context is restored. */
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

    /** Returns the tenant for which this thread works; empty for work of the installation. */
    public static Optional<TenantId> current() {
        return Optional.ofNullable(MDC.get(TENANT)).map(TenantId::new);
    }
}
