package org.switchboard.dispatcher.internal.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeftoverThreadsTest {

    @Test
    void aThreadThatOutlivesItsProviderIsFoundAndOneThatEndedIsNot() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            LeftoverThreads threads = new LeftoverThreads("org.example 1.0.0", loader);
            CountDownLatch end = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }, "outliving");
            thread.setContextClassLoader(loader);
            assertThat(threads.running()).isEmpty();

            thread.start();
            assertThat(threads.running()).containsExactly("outliving");
            assertThat(threads.isAtHome()).isFalse();

            end.countDown();
            thread.join();
            assertThat(threads.running()).isEmpty();
        }
    }
}
