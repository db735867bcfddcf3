package dev.patchbay.ingress.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A flood of rejected webhooks takes little memory and few rows. */
@PatchbayTest
class RejectionsTests {

    @Autowired
    private JdbcOperations operations;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Tenancy tenancy;

    private final List<Map.Entry<Rejections.Kind, Rejections.Tally>> written = new ArrayList<>();
    private final Clock clock = Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC);
    private boolean databaseAway;

    @Test
    void aFloodFromManyAddressesIsCountedTogether() {
        var rejections = rejections();
        for (int i = 0; i < 20_000; i++) {
            rejections.record("retell", ProblemType.SIGNATURE_INVALID, "10.0." + i / 256 + "." + i % 256);
        }
        rejections.write();

        assertThat(written).hasSizeLessThanOrEqualTo(60);
        assertThat(written.stream().mapToLong(entry -> entry.getValue().count()).sum())
                .isEqualTo(20_000);
        assertThat(written).anyMatch(entry -> entry.getKey().address().equals("elsewhere"));
    }

    @Test
    void anAddressThatIsCountedAloneStaysSoInAFlood() {
        var rejections = rejections();
        for (int i = 0; i < 2000; i++) {
            rejections.record("retell", ProblemType.SIGNATURE_INVALID, "10.0." + i / 256 + "." + i % 256);
        }
        rejections.record("retell", ProblemType.SIGNATURE_INVALID, "10.0.0.0");
        rejections.write();

        assertThat(written)
                .filteredOn(entry -> entry.getKey().address().equals("10.0.0.0"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getValue().count()).isEqualTo(2));
    }

    @Test
    void theAddressesOfOneIpv6NetworkAreOne() {
        var rejections = rejections();
        rejections.record("retell", ProblemType.SIGNATURE_INVALID, "2001:db8:1:2:aaaa:bbbb:cccc:1");
        rejections.record("retell", ProblemType.SIGNATURE_INVALID, "2001:db8:1:2:dddd:eeee:ffff:2");
        rejections.record("retell", ProblemType.SIGNATURE_INVALID, "::1");
        rejections.write();

        assertThat(written)
                .extracting(entry -> entry.getKey().address())
                .containsExactlyInAnyOrder("2001:db8:1:2::/64", "::1");
    }

    @Test
    void talliesThatCouldNotBeWrittenAreWrittenLater() {
        var rejections = rejections();
        rejections.record("retell", ProblemType.SIGNATURE_INVALID, "10.0.0.1");
        databaseAway = true;
        rejections.write();
        assertThat(written).isEmpty();
        databaseAway = false;
        rejections.record("retell", ProblemType.SIGNATURE_INVALID, "10.0.0.1");
        rejections.write();

        assertThat(written.stream().mapToLong(entry -> entry.getValue().count()).sum())
                .isEqualTo(2);
    }

    @Test
    void theLastTalliesAreWrittenAtTheEnd() {
        var rejections = rejections();
        rejections.start();
        assertThat(rejections.isRunning()).isTrue();
        rejections.record("retell", ProblemType.SIGNATURE_INVALID, "10.0.0.1");

        rejections.stop();

        assertThat(rejections.isRunning()).isFalse();
        assertThat(written).hasSize(1);
    }

    private Rejections rejections() {
        var repository = new RejectionRepository(operations, jdbc) {
            @Override
            boolean add(List<Map.Entry<Rejections.Kind, Rejections.Tally>> tallies) {
                if (databaseAway) {
                    throw new QueryTimeoutException("away");
                }
                return written.addAll(tallies);
            }
        };
        return new Rejections(repository, tenancy, clock);
    }
}
