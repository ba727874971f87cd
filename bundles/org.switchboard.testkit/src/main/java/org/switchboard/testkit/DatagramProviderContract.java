package org.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.api.provider.DatagramProvider;

/** What every {@link DatagramProvider} must keep. A test class implements this next to its own tests. */
@ConsumerType
public interface DatagramProviderContract {

    /** The largest payload of a UDP datagram over IPv4. */
    int LARGEST = 65507;

    /** The provider under test. */
    DatagramProvider datagramProvider();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 512, 1473, 9000, LARGEST})
    default void aDatagramOfAnySizeIsServed(int size) {
        assertThatCode(() -> datagramProvider().serve(FakeDatagram.of(Entries.udp("x"), new byte[size]), new FakeReply()))
                .doesNotThrowAnyException();
    }

    @Test
    default void answersFitIntoADatagram() throws IOException {
        FakeReply reply = new FakeReply();

        datagramProvider().serve(FakeDatagram.of(Entries.udp("x"), new byte[LARGEST]), reply);

        assertThat(reply.sent()).allMatch(answer -> answer.length <= LARGEST);
    }

    @Test
    default void anAnswerThatCannotBeSentIsNoOtherError() {
        Throwable thrown = catchThrowable(() -> datagramProvider().serve(FakeDatagram.of(Entries.udp("x"), "?"), content -> {
            throw new IOException("listener closed");
        }));

        if (thrown != null) {
            assertThat(thrown).isInstanceOf(IOException.class);
        }
    }

    @Test
    default void severalListenersAreServedAtOnce() throws Exception {
        DatagramProvider provider = datagramProvider();
        Callable<Boolean> listener = () -> {
            for (int i = 0; i < 200; i++) {
                provider.serve(FakeDatagram.of(Entries.udp("x"), "request"), new FakeReply());
            }
            return true;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> running = threads.invokeAll(IntStream.range(0, 4).mapToObj(i -> listener).toList());
            for (Future<Boolean> one : running) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
