package dev.patchbay.kernel.database;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which database.
 *
 * @param url JDBC URL of a server the operator runs ({@code PATCHBAY_DB_URL}); empty: the embedded one
 * @param user an owner that may create roles; needs no superuser rights
 * @param directory where the embedded server keeps its data
 * @param port the embedded server's preferred port
 * @param pool most connections that serve requests and runs
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
