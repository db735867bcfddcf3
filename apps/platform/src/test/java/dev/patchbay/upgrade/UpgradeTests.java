package dev.patchbay.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * This release starts on the data of a release 0.1 that was killed while it executed runs: everything continues, and nothing
 * is done twice. The platform starts once for all of these tests, so the tests of each subject are in an interface.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeTests implements UpgradedRunTests, UpgradedCallTests, UpgradedPeopleTests, UpgradedSecretTests {

    private final ReleaseFixture fixture = new ReleaseFixture("0.1");
    private UpgradedPlatform platform;
    private VendorRecords vendors;
    private Visitors visitors;

    @BeforeAll
    void start() throws IOException, SQLException, GeneralSecurityException {
        platform = new UpgradedPlatform(fixture);
        vendors = new VendorRecords(fixture, platform);
        visitors = new Visitors(fixture, platform);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void historyOfTheReleaseIsKeptAndNothingIsPending() throws SQLException {
        List<String> released = fixture.history().stream()
                .map(line -> line.replaceFirst("\tSQL\t\\S+\t", "\tSQL\t"))
                .toList();

        assertThat(released).hasSizeGreaterThan(20);
        assertThat(platform.database().history()).containsAll(released);
        assertThat(platform.get("/actuator/health").path("status").asString()).isEqualTo("UP");
    }

    @Override
    public ReleaseFixture fixture() {
        return fixture;
    }

    @Override
    public UpgradedPlatform platform() {
        return platform;
    }

    @Override
    public VendorRecords vendors() {
        return vendors;
    }

    @Override
    public Visitors visitors() {
        return visitors;
    }
}
