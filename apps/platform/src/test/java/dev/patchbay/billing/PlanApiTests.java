package dev.patchbay.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Plans: drafted, approved, retired, and refused where they make no sense. */
@PatchbayTest
class PlanApiTests {

    private static final String TERMS = """
            {"currency": "USD", "base": {"amount": "99.00"}, "charges": [
              {"key": "talk", "per": "60", "model": "unit", "unit": "0.12"}]}""";

    @Autowired
    private ApplicationContext application;

    private BillingFixture agency;

    @BeforeEach
    void prepare() {
        agency = new BillingFixture(application);
    }

    private String create(String name) {
        return agency.post("plans", "{\"name\": \"" + name + "\", \"terms\": " + TERMS + "}")
                .path("id")
                .asString();
    }

    @Test
    void aVersionIsDraftedApprovedAndRetired() {
        String plan = create("Dentists");
        JsonNode second = agency.post(
                "plans/" + plan + "/versions",
                "{\"terms\": " + TERMS.replace("0.12", "0.13")
                        + ", \"startsOn\": \"2027-01-01\", \"endsOn\": \"2028-01-01\"}");

        assertThat(second.path("version").asInt()).isEqualTo(2);
        assertThat(second.path("state").asString()).isEqualTo("draft");
        assertThat(second.path("endsOn").asString()).isEqualTo("2028-01-01");
        JsonNode approved = agency.post("plans/" + plan + "/versions/2/approve", "");
        assertThat(approved.path("state").asString()).isEqualTo("approved");
        assertThat(approved.path("approvedBy").isNull()).isFalse();
        assertThat(agency.send("POST", "plans/" + plan + "/versions/2/approve", "")
                        .status())
                .isEqualTo(409);
        assertThat(agency.send("POST", "plans/" + plan + "/versions/1/retire", "")
                        .status())
                .isEqualTo(409);
        assertThat(agency.post("plans/" + plan + "/versions/2/retire", "")
                        .path("state")
                        .asString())
                .isEqualTo("retired");
        assertThat(agency.get("plans/" + plan + "/versions").path("items").values())
                .extracting(version -> version.path("version").asInt())
                .containsExactly(2, 1);
        assertThat(agency.get("plans/" + plan + "/versions/2")
                        .at("/terms/charges/0/unit")
                        .asString())
                .isEqualTo("0.13");
        assertThat(agency.get("audit?limit=10").path("items").values())
                .extracting(entry -> entry.path("action").asString())
                .contains("plan.drafted", "plan.approved", "plan.retired");
    }

    @Test
    void plansAreListedInPagesAndTheirNamesAreUnique() {
        String first = create("First");
        String second = create("Second");

        JsonNode page = agency.get("plans?limit=1");
        assertThat(page.at("/items/0/id").asString()).isEqualTo(first);
        assertThat(page.at("/items/0/newest").asInt()).isEqualTo(1);
        assertThat(agency.get("plans?after=" + page.path("next").asString())
                        .at("/items/0/id")
                        .asString())
                .isEqualTo(second);
        assertThat(agency.send("POST", "plans", "{\"name\": \"First\", \"terms\": " + TERMS + "}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void senselessPlansAreRefusedWithPointers() {
        JsonNode refused = agency.call(
                422,
                "POST",
                "plans",
                "{\"startsOn\": \"2027-01-01\", \"endsOn\": \"2027-01-01\", \"terms\": {\"currency\": \"USD\"}}");
        assertThat(refused.path("problems").values())
                .extracting(problem -> problem.path("pointer").asString())
                .containsExactlyInAnyOrder("/name", "/terms/charges", "/endsOn");
        assertThat(agency.call(422, "POST", "plans", "{\"name\": \"None\"}")
                        .at("/problems/0/pointer")
                        .asString())
                .isEqualTo("/terms");
        assertThat(agency.call(422, "POST", "plans", "{\"name\": \"None\", \"terms\": 5}")
                        .at("/problems/0/pointer")
                        .asString())
                .isEqualTo("/terms");
        assertThat(agency.call(422, "POST", "plans/validate", "{\"currency\": \"USD\"}")
                        .at("/problems/0/pointer")
                        .asString())
                .isEqualTo("/charges");
        assertThat(agency.post("plans/validate", TERMS).path("valid").asBoolean())
                .isTrue();
    }

    @Test
    void unknownPlansAndVersionsAreNotFound() {
        String plan = create("Known");
        for (String path :
                new String[] {"plans/pln_0/versions", "plans/%20/versions", "plans/" + plan + "/versions/7"}) {
            assertThat(agency.call(404, "GET", path, "").path("code").asString())
                    .isEqualTo("404.plan_not_found");
        }
        agency.call(404, "POST", "plans/pln_0/versions", "{\"terms\": " + TERMS + "}");
        agency.call(404, "POST", "plans/pln_0/versions/1/approve", "");
    }

    @Test
    void anotherAgencySeesNothing() {
        String plan = create("Mine");
        var other = new BillingFixture(application);

        assertThat(other.get("plans").path("items")).isEmpty();
        other.call(404, "GET", "plans/" + plan + "/versions/1", "");
    }
}
