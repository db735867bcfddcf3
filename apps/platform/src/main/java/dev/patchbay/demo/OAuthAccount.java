package dev.patchbay.demo;

import dev.patchbay.kernel.ConnectionId;
import tools.jackson.databind.node.ObjectNode;

/** An account that is connected by OAuth.
 *
 * @param choice the query parameter by which its owner chooses it on the sandbox's consent page
 */
record OAuthAccount(ConnectionId id, String provider, ObjectNode settings, String choice) {}
