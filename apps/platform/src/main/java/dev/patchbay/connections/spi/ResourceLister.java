package dev.patchbay.connections.spi;

import dev.patchbay.connections.Account;
import java.util.List;
import java.util.Set;

/** Lists an account's resources that can be mapped or bound to a client. */
public interface ResourceLister {

    /** The provider whose accounts it reads. */
    Provider provider();

    /** The kinds it can list: {@code agent}, {@code number}, {@code calendar}, {@code location}. */
    Set<String> kinds();

    /**
     * Every resource of the kind, read from the provider now.
     *
     * @throws dev.patchbay.kernel.ProviderProblem when the provider does not answer as expected
     */
    List<Resource> list(Account account, String kind);

    /**
     * @param id the provider's id, as its webhooks carry it
     * @param name display name
     */
    record Resource(String id, String name) {}
}
