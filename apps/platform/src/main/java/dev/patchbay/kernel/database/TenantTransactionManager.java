package dev.patchbay.kernel.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** Sets the tenant of each transaction at its start ({@code patchbay.tenant}), for row-level security. */
final class TenantTransactionManager extends JdbcTransactionManager {

    TenantTransactionManager(DataSource guarded) {
        super(guarded);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        ScopedValue.where(GuardedDataSource.OPENING, true).run(() -> super.doBegin(transaction, definition));
    }

    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        try (var statement = connection.prepareStatement("SELECT set_config('patchbay.tenant', ?, true)")) {
            statement.setString(1, Tenancy.CURRENT.orElseThrow(GuardedDataSource::outsideTenancy));
            statement.execute();
        }
    }

    /** Gives connections only to a transaction that begins through {@link Tenancy}, so that no statement runs without a tenant. */
    static final class GuardedDataSource extends DelegatingDataSource {

        private static final ScopedValue<Boolean> OPENING = ScopedValue.newInstance();

        GuardedDataSource(DataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (!OPENING.isBound()) {
                throw outsideTenancy();
            }
            return super.getConnection();
        }

        static IllegalStateException outsideTenancy() {
            return new IllegalStateException("a statement ran outside of Tenancy, where no tenant is set");
        }
    }
}
