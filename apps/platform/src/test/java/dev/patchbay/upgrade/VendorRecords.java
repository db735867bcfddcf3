package dev.patchbay.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

/** The vendors' records of a caller of the fixture. */
final class VendorRecords {

    private final ReleaseFixture fixture;
    private final UpgradedPlatform platform;

    VendorRecords(ReleaseFixture fixture, UpgradedPlatform platform) {
        this.fixture = fixture;
        this.platform = platform;
    }

    /** Nothing is missing and nothing was done twice. */
    void assertOneOfEach(String caller) {
        assertThat(contacts(caller)).as("contacts of " + caller).isEqualTo(1);
        assertThat(bookings(caller)).as("bookings of " + caller).isEqualTo(1);
        assertThat(texts(caller)).as("texts to " + caller).isEqualTo(1);
    }

    long contacts(String caller) {
        return count("/highlevel/contacts", "phone", fixture.about("/callers/" + caller + "/phone"));
    }

    long texts(String caller) {
        return count("/twilio/messages", "to", fixture.about("/callers/" + caller + "/phone"));
    }

    /** Appointments at the caller's time that were not cancelled. */
    long bookings(String caller) {
        String slot = fixture.about("/callers/" + caller + "/slot");
        return platform.sandbox("state")
                .at("/google/events")
                .valueStream()
                .filter(event -> event.at("/start/dateTime").asString("").equals(slot))
                .filter(event -> !event.path("status").asString().equals("cancelled"))
                .count();
    }

    private long count(String pointer, String member, String value) {
        return platform.sandbox("state")
                .at(pointer)
                .valueStream()
                .filter(item -> item.path(member).asString("").equals(value))
                .count();
    }
}
