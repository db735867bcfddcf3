package dev.patchbay.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTests {

    private static DatabaseSettings settings(String url) {
        return new DatabaseSettings(url, "owner", "hunter2", Path.of("data"), 5433, 24);
    }

    @Test
    void theTextNamesTheServerWithoutThePassword() {
        assertThat(settings("jdbc:postgresql://db/patchbay"))
                .hasToString("DatabaseSettings[jdbc:postgresql://db/patchbay]");
        assertThat(settings("")).hasToString("DatabaseSettings[embedded data]");
    }
}
