package dev.patchbay.kernel.database;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database.
 *
 * @param url JDBC URL of the operator's server ({@code PATCHBAY_DB_URL}); empty for the embedded one
 * @param user the owner; it may create roles and needs no superuser rights
 * @param directory the data directory of the embedded server
 * @param port the embedded server's preferred port
 * @param pool the maximum number of connections for requests and runs
 */
@ConfigurationProperties("patchbay.db")
public record DatabaseSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String user,
        @DefaultValue("") String password,
        @DefaultValue(".patchbay/postgres") Path directory,
        @DefaultValue("5433") int port,
        @DefaultValue("24") int pool) {

    @Override
    public String toString() {
        return "DatabaseSettings[" + (url.isEmpty() ? "embedded " + directory : url) + "]";
    }
}
