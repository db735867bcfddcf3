package dev.patchbay.kernel.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database with its two logins: the owner migrates, {@code patchbay_app} works under row-level security. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    DatabaseOwner owner(DatabaseSettings settings) {
        var databaseOwner = DatabaseOwner.of(settings);
        databaseOwner.migrate();
        return databaseOwner;
    }

    @Bean
    HikariDataSource appPool(DatabaseOwner databaseOwner, DatabaseSettings settings) {
        return pool(databaseOwner, DatabaseOwner.APP, "patchbay", settings.pool());
    }

    /** A connection of its own for the node lease: when the other pool is exhausted, this process must not look dead. */
    @Bean
    HikariDataSource leasePool(DatabaseOwner databaseOwner) {
        var pool = pool(databaseOwner, DatabaseOwner.APP, "patchbay", 1);
        pool.setPoolName("node-lease");
        pool.setConnectionTimeout(4_000);
        return pool;
    }

    @Bean
    @Primary
    TenantTransactionManager.GuardedDataSource dataSource(@Qualifier("appPool") DataSource pool) {
        return new TenantTransactionManager.GuardedDataSource(pool);
    }

    @Bean
    TenantTransactionManager transactionManager(TenantTransactionManager.GuardedDataSource dataSource) {
        return new TenantTransactionManager(dataSource);
    }

    @Bean
    JdbcClient jdbcClient(TenantTransactionManager.GuardedDataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean
    Tenancy tenancy(TenantTransactionManager manager) {
        return new Tenancy(manager);
    }

    @Bean
    HealthIndicator databaseHealth(Tenancy tenancy, JdbcClient jdbc) {
        return () -> tenancy.throughDefinerFunction(() -> Health.up()
                .withDetail(
                        "version",
                        jdbc.sql("SHOW server_version").query(String.class).single())
                .build());
    }

    private static HikariDataSource pool(DatabaseOwner databaseOwner, String login, String schema, int size) {
        var pool = new HikariDataSource();
        pool.setPoolName(login);
        pool.setJdbcUrl(databaseOwner.url());
        pool.setUsername(login);
        pool.setPassword(databaseOwner.passwordOf(login));
        pool.setSchema(schema);
        pool.setMaximumPoolSize(size);
        // A connection whose server vanished silently must not block its user for ever.
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("socketTimeout", "60");
        pool.setMinimumIdle(Math.min(2, size));
        return pool;
    }
}
