package dev.patchbay.kernel.database;

import dev.patchbay.kernel.TenantId;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The only way to the database: a transaction of one tenant, or a transaction without a tenant that calls definer functions. A
 * statement outside of both throws, instead of silently finding no rows.
 */
public final class Tenancy {

    /** The tenant of the transaction; empty text for one without a tenant. */
    static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private final TransactionTemplate transactions;

    Tenancy(PlatformTransactionManager manager) {
        this.transactions = new TransactionTemplate(manager);
    }

    /** Runs the work in a transaction that sees and writes only this tenant's rows; joins the tenant's current transaction. */
    public <T> T inTenant(TenantId tenant, Supplier<T> work) {
        return run(tenant.value(), work);
    }

    /** As {@link #inTenant(TenantId, Supplier)}, for work without a result. */
    public void inTenant(TenantId tenant, Runnable work) {
        inTenant(tenant, () -> {
            work.run();
            return true;
        });
    }

    /**
     * Runs the work in a transaction without a tenant. It may call definer functions ({@code SECURITY DEFINER}), through which
     * work crosses tenants, and read tables that have no tenant; the rows of tenants are invisible to it.
     */
    public <T> T throughDefinerFunction(Supplier<T> work) {
        return run("", work);
    }

    private <T> T run(String tenant, Supplier<T> work) {
        if (CURRENT.isBound() && !CURRENT.get().equals(tenant)) {
            throw new IllegalStateException("this transaction belongs to one tenant and cannot serve another");
        }
        return ScopedValue.where(CURRENT, tenant).call(() -> transactions.<T>execute(status -> work.get()));
    }
}
