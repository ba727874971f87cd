package org.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.api.provider.StreamProvider;

/** What every {@link StreamProvider} must keep. A test class implements this next to its own tests. */
@ConsumerType
public interface StreamProviderContract {

    /** The provider under test; one object for the whole test. */
    StreamProvider streamProvider();

    @Test
    default void aPeerThatSaysNothingAndClosesEndsTheSession() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> streamProvider().serve(FakeSession.of(Entries.tcp("x"))));
    }

    @Test
    default void twoSessionsAreServedAlikeByOneProvider() throws Exception {
        StreamProvider provider = streamProvider();
        FakeSession first = FakeSession.sending(Entries.tcp("x"), "hello\r\n");
        FakeSession second = FakeSession.sending(Entries.tcp("x"), "hello\r\n");

        provider.serve(first);
        provider.serve(second);

        assertThat(second.received().isEmpty()).isEqualTo(first.received().isEmpty());
    }

    @Test
    default void aPeerThatCutsTheConnectionIsNoOtherError() {
        OutputStream cut = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Connection reset by peer");
            }
        };

        Throwable thrown = catchThrowable(() -> assertTimeoutPreemptively(Duration.ofSeconds(10), () ->
                streamProvider().serve(FakeSession.over(Entries.tcp("x"), InputStream.nullInputStream(), cut))));

        if (thrown != null) {
            assertThat(thrown).isInstanceOf(IOException.class);
        }
    }
}
