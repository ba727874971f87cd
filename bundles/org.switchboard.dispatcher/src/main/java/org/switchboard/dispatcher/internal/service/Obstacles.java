package org.switchboard.dispatcher.internal.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** How long a lazily activated bundle may take to be activated, which waits for a framework that is locked. */
    private static final Duration ACTIVATION = Duration.ofSeconds(1);

    private final Workers workers;
    private final Duration deadline;

    Obstacles(Workers workers, Duration deadline) {
        this.workers = workers;
        this.deadline = deadline;
    }

    /**
     * What stands in the way; a provider that does not answer in time does itself. One whose object is not there in time does
     * not: while bundles are refreshed the framework activates none, and the thread that refreshes them may wait for us.
     *
     * @param late called by a worker when the object is there after all
     */
    Answer find(ProviderHandle handle, ProviderKind kind, ServiceEntry entry, Runnable late) {
        if (kind != ProviderKind.DESCRIPTOR) {
            return Answer.NOTHING;
        }
        Duration atMost = atMost(handle);
        Inquiry inquiry = new Inquiry(handle, entry, late);
        try {
            workers.activation(inquiry);
            return await(inquiry, atMost);
        } catch (RejectedExecutionException busy) {
            return Answer.absent("all workers are busy");
        } catch (ExecutionException failed) {
            return new Answer(true, Optional.of("provider " + handle + " failed: " + failed.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Answer.absent("the server is stopping");
        }
    }

    /** A provider whose object came late has the whole time to answer. */
    private Answer await(Inquiry inquiry, Duration atMost) throws ExecutionException, InterruptedException {
        try {
            return inquiry.answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            boolean there = inquiry.there.get();
            return there && atMost.compareTo(deadline) < 0 ? await(inquiry, deadline) : inquiry.giveUp(there);
        }
    }

    /** Where one waits for the same bundle already, the next need not: there may be as many as there are programs. */
    private Duration atMost(ProviderHandle handle) {
        if (!handle.mayWaitForFramework()) {
            return deadline;
        }
        return handle.isBeingMade() ? Duration.ZERO : ACTIVATION;
    }

    /** One question, on a worker that may wait. */
    private static final class Inquiry implements Runnable {
        private final ProviderHandle handle;
        private final ServiceEntry entry;
        private final Runnable late;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final AtomicBoolean there = new AtomicBoolean();

        Inquiry(ProviderHandle handle, ServiceEntry entry, Runnable late) {
            this.handle = handle;
            this.entry = entry;
            this.late = late;
        }

        @Override
        public void run() {
            if (!answer.complete(ask())) {
                late.run();
            }
        }

        /** What is said about a provider that did not answer in time. @param wasThere whether it could be asked */
        Answer giveUp(boolean wasThere) {
            Answer silent = wasThere ? new Answer(true, Optional.of("provider " + handle + " does not answer"))
                    : Answer.absent("its object is not there yet");
            return answer.complete(silent) ? silent : answer.join();
        }

        /** One that cannot be had may be on its way out, with all that its bundle needs: that is no reason to close a port. */
        private Answer ask() {
            Optional<ProviderUse> acquired;
            try {
                acquired = handle.acquireToAsk();
            } catch (Throwable broken) {
                return Answer.absent("it cannot be activated: " + broken.getMessage());
            }
            if (acquired.isEmpty()) {
                return Answer.absent("it is being replaced");
            }
            there.set(true);
            try (ProviderUse use = acquired.get()) {
                return new Answer(true, use.as(DescriptorProvider.class).obstacle(entry));
            } catch (Throwable broken) {
                return new Answer(true, Optional.of("provider " + handle + " failed: " + broken));
            }
        }
    }
}
