package dev.patchbay.kernel.database;

import dev.patchbay.kernel.TenantId;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The only way to the database: a transaction that belongs to one tenant, or to a door between tenants. A statement
 * outside of both throws instead of silently finding no rows.
 */
public final class Tenancy {

    /** Whose transaction begins next; empty text for a door. */
    static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private final TransactionTemplate transactions;

    Tenancy(PlatformTransactionManager manager) {
        this.transactions = new TransactionTemplate(manager);
    }

    /** Runs the work in one transaction that sees and writes this tenant's rows only; joins the one it is in. */
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
     * Runs statements that call doors (security-definer functions) or touch tables without tenants; tenant rows are
     * invisible here.
     */
    public <T> T throughDoor(Supplier<T> work) {
        return run("", work);
    }

    private <T> T run(String tenant, Supplier<T> work) {
        if (CURRENT.isBound() && !CURRENT.get().equals(tenant)) {
            throw new IllegalStateException("a transaction of one tenant cannot turn into another's");
        }
        return ScopedValue.where(CURRENT, tenant).call(() -> transactions.<T>execute(status -> work.get()));
    }
}
