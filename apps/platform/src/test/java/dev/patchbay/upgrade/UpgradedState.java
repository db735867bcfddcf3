package dev.patchbay.upgrade;

/** The installation of an earlier release after the upgrade, and what is known of it. */
interface UpgradedState {

    ReleaseFixture fixture();

    UpgradedPlatform platform();

    VendorRecords vendors();

    Visitors visitors();
}
