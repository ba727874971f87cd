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

    private final Workers workers;
    private final Duration deadline;

    Obstacles(Workers workers, Duration deadline) {
        this.workers = workers;
        this.deadline = deadline;
    }

    /** What stands in the way; a provider that does not answer in time does itself. */
    Optional<String> find(ProviderHandle handle, ProviderKind kind, ServiceEntry entry) {
        if (kind != ProviderKind.DESCRIPTOR) {
            return Optional.empty();
        }
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        try {
            workers.errand(() -> answer.complete(ask(handle, entry)));
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            return Optional.of("provider " + handle + " does not answer");
        } catch (RejectedExecutionException busy) {
            return Optional.of("all workers are busy");
        } catch (ExecutionException failed) {
            return Optional.of("provider " + handle + " failed: " + failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("the server is stopping");
        }
    }

    private static Optional<String> ask(ProviderHandle handle, ServiceEntry entry) {
        try {
            Optional<ProviderUse> acquired = handle.acquire();
            if (acquired.isEmpty()) {
                return Optional.of("provider " + handle + " cannot be activated");
            }
            try (ProviderUse use = acquired.get()) {
                return use.as(DescriptorProvider.class).obstacle(entry);
            }
        } catch (RuntimeException | LinkageError broken) {
            return Optional.of("provider " + handle + " failed: " + broken);
        }
    }
}
