package org.switchboard.dispatcher.internal.service;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.switchboard.dispatcher.internal.listen.HandoverListener.Outcome;
import org.switchboard.dispatcher.internal.provider.NamedBundle;

/** Installs the bundle of an entry while its first client waits in the queue of the kernel. Dispatcher thread only. */
final class FirstClient {

    private final Surroundings around;
    private boolean installing;

    FirstClient(Surroundings around) {
        this.around = around;
    }

    /** Whether the bundle is being installed now. */
    boolean isInstalling() {
        return installing;
    }

    /**
     * Installs the bundle on a worker.
     *
     * @param then gets what went wrong, if anything; dispatcher thread
     * @return completes, with the client still in the queue, before that
     */
    CompletionStage<Outcome> install(NamedBundle bundle, Consumer<Optional<String>> then) {
        if (installing) {
            return CompletableFuture.completedFuture(Outcome.NOT_TAKEN);
        }
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        try {
            around.workers().errand(() -> {
                Optional<String> failure = around.directory().install(bundle);
                outcome.complete(Outcome.NOT_TAKEN);
                around.dispatcher().execute(() -> {
                    installing = false;
                    then.accept(failure);
                });
            });
            installing = true;
        } catch (RejectedExecutionException busy) {
            outcome.complete(Outcome.NOT_TAKEN);
        }
        return outcome;
    }
}
