package org.switchboard.dispatcher.internal.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.DescriptorProvider;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.provider.ProviderKind;
import org.switchboard.dispatcher.internal.provider.ProviderUse;
import org.switchboard.dispatcher.internal.serve.Workers;

/** Asks descriptor providers what stands in the way of an entry. Other providers are left asleep. */
final class Obstacles {

    /**
     * What a provider says.
     *
     * @param there whether it could be asked at all; if not, the reason is not the entry's
     * @param obstacle what stands in the way
     */
    record Answer(boolean there, Optional<String> obstacle) {
        private static final Answer NOTHING = new Answer(true, Optional.empty());

        private static Answer absent(String reason) {
            return new Answer(false, Optional.of(reason));
        }
    }

    private final Workers workers;
    private final Duration deadline;

    Obstacles(Workers workers, Duration deadline) {
        this.workers = workers;
        this.deadline = deadline;
    }

    /** What stands in the way; a provider that does not answer in time does itself. */
    Answer find(ProviderHandle handle, ProviderKind kind, ServiceEntry entry) {
        if (kind != ProviderKind.DESCRIPTOR) {
            return Answer.NOTHING;
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            workers.errand(() -> answer.complete(ask(handle, entry)));
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            return new Answer(true, Optional.of("provider " + handle + " does not answer"));
        } catch (RejectedExecutionException busy) {
            return Answer.absent("all workers are busy");
        } catch (ExecutionException failed) {
            return new Answer(true, Optional.of("provider " + handle + " failed: " + failed.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Answer.absent("the server is stopping");
        }
    }

    /** One that cannot be had may be on its way out, with all that its bundle needs: that is no reason to close a port. */
    private static Answer ask(ProviderHandle handle, ServiceEntry entry) {
        Optional<ProviderUse> acquired;
        try {
            acquired = handle.acquire();
        } catch (Throwable broken) {
            return Answer.absent("it cannot be activated: " + broken.getMessage());
        }
        if (acquired.isEmpty()) {
            return Answer.absent("it is being replaced");
        }
        try (ProviderUse use = acquired.get()) {
            return new Answer(true, use.as(DescriptorProvider.class).obstacle(entry));
        } catch (Throwable broken) {
            return new Answer(true, Optional.of("provider " + handle + " failed: " + broken));
        }
    }
}
