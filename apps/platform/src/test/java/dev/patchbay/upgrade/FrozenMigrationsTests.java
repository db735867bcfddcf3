package dev.patchbay.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A migration that was released is never edited: databases that it has been applied to would refuse to start. */
class FrozenMigrationsTests {

    static Stream<Map.Entry<String, String>> migrations() {
        return new ReleaseFixture("0.1").migrations();
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void releasedMigrationStaysAsItWas(Map.Entry<String, String> migration)
            throws IOException, GeneralSecurityException {
        byte[] content = Files.readAllBytes(ReleaseFixture.migration(migration.getKey()));

        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
                .as("%s belongs to release 0.1; write a new migration instead of changing it", migration.getKey())
                .isEqualTo(migration.getValue());
    }
}
