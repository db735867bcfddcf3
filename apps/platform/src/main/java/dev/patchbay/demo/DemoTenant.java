package dev.patchbay.demo;

import dev.patchbay.kernel.TenantId;

/** The demo's agency. */
final class DemoTenant {

    static final TenantId ID = new TenantId("tnt_demo");
    static final String NAME = "Bright Agency";

    private DemoTenant() {}
}
