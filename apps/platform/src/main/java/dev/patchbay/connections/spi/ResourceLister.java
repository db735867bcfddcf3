package dev.patchbay.connections.spi;

import dev.patchbay.connections.Account;
import java.util.List;
import java.util.Set;

/** Lists what an account holds that can belong to a client. */
public interface ResourceLister {

    /** The provider it reads. */
    Provider provider();

    /** What it can list: {@code agent}, {@code number}, {@code calendar}, {@code location}. */
    Set<String> kinds();

    /**
     * Everything of the kind, asked of the provider now.
     *
     * @throws dev.patchbay.kernel.ProviderProblem when the provider does not answer as it should
     */
    List<Resource> list(Account account, String kind);

    /**
     * @param id what the provider calls it, and what its webhooks carry
     * @param name what people call it
     */
    record Resource(String id, String name) {}
}
