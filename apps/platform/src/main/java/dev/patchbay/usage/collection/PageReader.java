package dev.patchbay.usage.collection;

import dev.patchbay.connections.Account;
import dev.patchbay.usage.spi.UsageSource;
import dev.patchbay.usage.spi.UsageSource.Page;
import dev.patchbay.usage.spi.UsageSource.Window;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Reads the pages of one pass. The following page is requested at once, so that the provider answers while the current one is
 * written. A page that was read ahead and is not needed is dropped.
 */
final class PageReader {

    private final UsageSource source;
    private final Account account;
    private final Window window;
    private CompletableFuture<Page> ahead;

    /**
     * Requests the first page.
     *
     * @param cursor the cursor of the first page; empty text for the beginning
     */
    PageReader(UsageSource source, Account account, Window window, String cursor) {
        this.source = source;
        this.account = account;
        this.window = window;
        this.ahead = request(cursor);
    }

    private CompletableFuture<Page> request(String cursor) {
        var answer = new CompletableFuture<Page>();
        Thread.ofVirtual().name("usage-page").start(() -> {
            try {
                answer.complete(source.read(account, window, Optional.of(cursor).filter(key -> !key.isEmpty())));
            } catch (RuntimeException | Error failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    /**
     * Returns the next page and requests the one after it.
     *
     * @throws UsageSource.Unavailable when the provider did not answer correctly
     */
    Page next() {
        Page page = await();
        if (page.more()) {
            ahead = request(page.cursor());
        }
        return page;
    }

    private Page await() {
        try {
            return ahead.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw failed;
        }
    }
}
