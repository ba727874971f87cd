package org.switchboard.dispatcher.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;
import org.switchboard.testkit.FakeLoggers;

class ThreadWatchTest {

    private final FakeLoggers loggers = new FakeLoggers();
    private final Worker loop = new Worker("switchboard-loop-1-1");
    private final Worker dispatcher = new Worker("switchboard-dispatcher");
    private final List<WatchedThread> threads = new ArrayList<>(List.of(loop, dispatcher));
    private final ThreadWatch watch = new ThreadWatch(() -> List.copyOf(threads), loggers.logger());

    /** A thread that works when the test says so. */
    private static final class Worker implements WatchedThread {
        private final String name;
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private boolean ended;

        Worker(String name) {
            this.name = name;
        }

        void work() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void ping(Runnable answer) {
            if (ended) {
                throw new RejectedExecutionException("ended");
            }
            tasks.add(answer);
        }

        @Override
        public StackTraceElement[] stack() {
            return new StackTraceElement[] {new StackTraceElement("org.example.Slow", "read", "Slow.java", 42)};
        }
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    @Test
    void threadsThatAnswerAreAlive() {
        for (int i = 0; i < 100; i++) {
            look(1);
            loop.work();
            dispatcher.work();
            assertThat(watch.getAsLong()).isZero();
        }
        assertThat(loggers.lines()).isEmpty();
    }

    @Test
    void theSlowestCountsAndItsAnswerEndsThat() {
        look(1);
        dispatcher.work();
        look(5);
        assertThat(watch.getAsLong()).isEqualTo(5_000);
        loop.work();
        dispatcher.work();
        assertThat(watch.getAsLong()).isZero();
    }

    @Test
    void oneThatDoesNotAnswerIsNamedOnceWithWhatItDoesAndOnceMoreWhenItDoes() {
        look(1);
        for (int i = 0; i < 50; i++) {
            dispatcher.work();
            look(1);
        }
        assertThat(loggers.messages(LogLevel.ERROR)).singleElement().asString()
                .contains("thread switchboard-loop-1-1 has not answered for 10 s", "org.example.Slow.read(Slow.java:42)");
        loop.work();
        look(1);
        assertThat(loggers.messages(LogLevel.WARN)).containsExactly("thread switchboard-loop-1-1 answers again, after 50 s");
    }

    @Test
    void oneThatHasEndedDoesNotAnswerUntilAnotherTakesItsPlace() {
        loop.ended = true;
        look(3);
        dispatcher.work();
        assertThat(watch.getAsLong()).isEqualTo(2_000);
        threads.set(0, new Worker("switchboard-loop-1-2"));
        look(1);
        assertThat(watch.getAsLong()).isZero();
    }
}
