package dev.patchbay.connections.web;

import dev.patchbay.connections.WebhookAddresses;
import dev.patchbay.connections.WebhookAddresses.WebhookAddress;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows, moves and retires the address to which a provider sends webhooks, for people who may connect accounts. */
@RestController
@RequestMapping("/api/v1/connections/{id}/webhook-address")
class WebhookAddressController {

    private final WebhookAddresses addresses;

    WebhookAddressController(WebhookAddresses addresses) {
        this.addresses = addresses;
    }

    @Requires(value = "write:connections", tenantWide = true)
    @GetMapping
    WebhookAddress get(Caller caller, @PathVariable String id) {
        return addresses.get(caller.scope().tenant(), ConnectionIds.require(id));
    }

    /** Generates a new address; the present one is accepted as well until it is retired. */
    @Requires(value = "write:connections", tenantWide = true)
    @PostMapping("/move")
    WebhookAddress move(Caller caller, @PathVariable String id) {
        return addresses.move(caller.scope().tenant(), caller.subject(), ConnectionIds.require(id));
    }

    @Requires(value = "write:connections", tenantWide = true)
    @DeleteMapping("/previous")
    WebhookAddress retirePrevious(Caller caller, @PathVariable String id) {
        return addresses.retirePrevious(caller.scope().tenant(), caller.subject(), ConnectionIds.require(id));
    }
}
