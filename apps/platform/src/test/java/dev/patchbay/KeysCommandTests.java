package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTests {

    @Test
    void makesAKeyFileInsteadOfStartingThePlatform(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("kek.json");
        PatchbayApplication.main(new String[] {"keys", "create", file.toString()});
        assertThat(Files.readString(file)).contains("primaryKeyId");
    }
}
