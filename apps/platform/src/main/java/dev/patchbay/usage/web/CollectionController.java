package dev.patchbay.usage.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import dev.patchbay.usage.collection.CollectionProgress;
import dev.patchbay.usage.collection.UsageCollector;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Collects usage on request, and shows how collections stand. */
@RestController
@RequestMapping("/api/v1/usage")
class CollectionController {

    private final UsageCollector collector;

    CollectionController(UsageCollector collector) {
        this.collector = collector;
    }

    /** Collects now what began since that moment, by default the last 35 days; answers when it is done, or after 20 s. */
    @Requires(value = "collect:usage", tenantWide = true)
    @PostMapping("/collect/{provider}")
    Page<CollectionProgress> collect(
            Caller caller, @PathVariable String provider, @RequestParam Optional<Instant> since) {
        return new Page<>(collector.collectNow(caller.scope().tenant(), caller.subject(), provider, since), null);
    }

    /** The passes over each connection: those under way, and how the last ones ended. */
    @Requires(value = "collect:usage", tenantWide = true)
    @GetMapping("/collections")
    Page<CollectionProgress> collections(Caller caller, @RequestParam Optional<String> provider) {
        return new Page<>(collector.listProgress(caller.scope().tenant(), provider), null);
    }

    /** Statements that could not become usage, and why. */
    @Requires(value = "collect:usage", tenantWide = true)
    @GetMapping("/rejections")
    Page<UsageCollector.Rejection> rejections(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        return collector.listRejections(caller.scope().tenant(), Math.clamp(limit, 1, 200), after);
    }
}
