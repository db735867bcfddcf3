package dev.patchbay.billing.schedule;

import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/** Runs billing passes, in worker processes. Several processes may look at one subscription; its lock lets one of them work. */
@Component
class BillingSchedule extends PeriodicTask {

    private static final int MAX_CONCURRENT = 4;

    private final BillingPass pass;

    BillingSchedule(BillingPass pass, BillingSettings billing, Settings settings) {
        super("billing", billing.pollInterval(), settings.roles().contains("worker"));
        this.pass = pass;
    }

    @Override
    protected void runOnce() {
        try (var workers = Executors.newFixedThreadPool(
                MAX_CONCURRENT, Thread.ofVirtual().name("billing").factory())) {
            pass.listDue().forEach(due -> workers.execute(() -> pass.run(due)));
        }
    }
}
