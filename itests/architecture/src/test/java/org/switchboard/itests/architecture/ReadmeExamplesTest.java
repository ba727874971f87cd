package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.SessionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.EntrySource;
import org.switchboard.api.config.RejectedEntry;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.DatagramProvider;
import org.switchboard.api.provider.DescriptorProvider;
import org.switchboard.api.provider.Ending;
import org.switchboard.api.provider.SocketDescriptor;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.api.provider.Switchyard;
import org.switchboard.netty.ChannelProvider;
import org.switchboard.testkit.AdmissionRuleContract;
import org.switchboard.testkit.ChannelProviderContract;
import org.switchboard.testkit.DatagramProviderContract;
import org.switchboard.testkit.DialectContract;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeArrival;
import org.switchboard.testkit.FakeDatagram;
import org.switchboard.testkit.FakePeer;
import org.switchboard.testkit.FakeReply;
import org.switchboard.testkit.FakeSession;
import org.switchboard.testkit.FakeVisit;
import org.switchboard.testkit.SessionRuleContract;
import org.switchboard.testkit.StreamProviderContract;

/** The examples in the READMEs of extension points keep the contracts, and do what is said of them. */
class ReadmeExamplesTest {

    @TempDir
    private static Path classes;

    private static URLClassLoader loader;

    @BeforeAll
    static void compile() throws IOException {
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, ReadmeExamplesTest.class.getClassLoader());
        List<String> sources = new ArrayList<>();
        for (Path folder : House.folders()) {
            sources.addAll(ReadmeTest.blocks(folder));
        }
        Compilation.compile(classes, sources.toArray(String[]::new));
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    @Nested
    class TheProvider implements StreamProviderContract {
        private final StreamProvider counter = example(StreamProvider.class, "counter.Counter");

        @Override
        public StreamProvider streamProvider() {
            return counter;
        }

        @Test
        void counts() throws Exception {
            counter.serve(FakeSession.of(Entries.tcp("counter")));
            FakeSession second = FakeSession.of(Entries.tcp("counter"));
            counter.serve(second);

            assertThat(second.received()).startsWith("visit 2, from ").endsWith("\r\n");
        }
    }

    @Nested
    class TheDatagramProvider implements DatagramProviderContract {
        private final DatagramProvider length = example(DatagramProvider.class, "length.Length");

        @Override
        public DatagramProvider datagramProvider() {
            return length;
        }

        @Test
        void measures() throws Exception {
            FakeReply reply = new FakeReply();
            length.serve(FakeDatagram.of(Entries.udp("length"), "seven b"), reply);

            assertThat(reply.texts()).containsExactly("7 bytes\r\n");
        }
    }

    @Nested
    class ThePipeline implements ChannelProviderContract {
        private final ChannelProvider shout = example(ChannelProvider.class, "shout.Shout");

        @Override
        public ChannelProvider channelProvider() {
            return shout;
        }

        @Test
        void shouts() {
            FakePeer peer = FakePeer.connected(shout, FakeSession.of(Entries.tcp("shout")));

            assertThat(peer.send("hello").received()).isEqualTo("HELLO");
        }
    }

    @Nested
    class TheProviderThatTakesTheSocket {

        @Test
        void passesToADesk() throws Exception {
            Yard yard = new Yard(List.of(Entries.tcp("tcpmux/desk"), Entries.tcp("desk/one"), Entries.tcp("desk/two")));

            DescriptorProvider desk = example(DescriptorProvider.class, "desk.Desk", Switchyard.class, yard);
            Ending ending = desk.start(new Socket(Entries.tcp("desk"))).ended().toCompletableFuture().get();

            assertThat(ending).isEqualTo(Ending.of("ok", "passed to " + Entries.tcp("desk/two").id()));
        }

        @Test
        void failsWithoutOne() {
            DescriptorProvider desk = example(DescriptorProvider.class, "desk.Desk", Switchyard.class, new Yard(List.of()));

            assertThatThrownBy(() -> desk.start(new Socket(Entries.tcp("desk")))).isInstanceOf(IOException.class)
                    .hasMessageContaining("can be reached");
        }

        /** The first entry goes just when it is wanted. */
        private record Yard(List<ServiceEntry> entries) implements Switchyard {

            @Override
            public CompletionStage<Optional<ServiceEntry>> find(Predicate<ServiceEntry> wanted) {
                return CompletableFuture.completedFuture(entries.stream().filter(wanted).findFirst());
            }

            @Override
            public boolean pass(ServiceEntry entry, int fd, byte[] greeting) {
                return !entry.name().equals("desk/one");
            }
        }

        private record Socket(ServiceEntry entry) implements SocketDescriptor {

            @Override
            public int fd() {
                return 7;
            }

            @Override
            public long session() {
                return 1;
            }

            @Override
            public Optional<SocketAddress> local() {
                return Optional.empty();
            }

            @Override
            public Optional<SocketAddress> remote() {
                return Optional.empty();
            }
        }
    }

    @Nested
    class TheAdmissionRule implements AdmissionRuleContract {
        private final AdmissionRule ports = example(AdmissionRule.class, "ports.SourcePortRule");

        @Override
        public AdmissionRule rule() {
            return ports;
        }

        @Override
        public Map<String, String> goodOptions() {
            return Map.of("port_from", "1024");
        }

        @Test
        void refusesLowPorts() {
            ServiceEntry entry = Entries.entry("some", Protocol.TCP).options(goodOptions()).build();

            assertThat(ports.check(FakeArrival.from(entry, "192.0.2.7", 1023))).isEqualTo(Verdict.refuse("port_from"));
            assertThat(ports.check(FakeArrival.from(entry, "192.0.2.7", 1024))).isEqualTo(Verdict.admit());
        }
    }

    @Nested
    class TheSessionRule implements SessionRuleContract {
        private final SessionRule notWhile = example(SessionRule.class, "notwhile.NotWhile");

        @Override
        public SessionRule sessionRule() {
            return notWhile;
        }

        @Override
        public Map<String, String> goodOptions() {
            return Map.of("not_while", classes.resolve("nologin").toString());
        }

        @Test
        void saysWhatTheFileSays() throws Exception {
            Path file = Files.writeString(classes.resolve("closed"), "closed for the day\n", StandardCharsets.US_ASCII);
            FakeVisit visit = FakeVisit.from(Entries.entry("some", Protocol.TCP)
                    .options(Map.of("not_while", file.toString())).build(), "192.0.2.7", 4711);

            assertThat(notWhile.judge(visit)).isEqualTo(Verdict.refuse("not_while"));
            assertThat(visit.journal()).singleElement().asString().contains("closed for the day");
        }
    }

    @Nested
    class TheDialect implements DialectContract {
        private final Dialect pairs = example(Dialect.class, "pairs.Pairs");

        @Override
        public Dialect dialect() {
            return pairs;
        }

        @Override
        public String goodText() {
            return "7007 echo\n\n7013 daytime\n";
        }
    }

    @Nested
    class TheSource {

        @Test
        void publishesWhenItBeginsAndLeavesWhenItGoes() throws Exception {
            List<String> said = new ArrayList<>();
            ServiceTable table = new ServiceTable() {
                @Override
                public ReloadReport publish(String source, List<ServiceEntry> entries) {
                    said.add(source + " has " + entries.size());
                    return ReloadReport.EMPTY;
                }

                @Override
                public void reject(String source, List<RejectedEntry> entries) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void leave(String source) {
                    said.add(source + " leaves");
                }
            };

            EntrySource source = example(EntrySource.class, "entries.TwoEntries", ServiceTable.class, table);
            source.reload();
            var deactivate = source.getClass().getDeclaredMethod("deactivate");
            deactivate.setAccessible(true);
            deactivate.invoke(source);

            assertThat(said).containsExactly("example has 2", "example has 2", "example leaves");
        }
    }

    private static <T> T example(Class<T> type, String name) {
        return example(type, name, new Class<?>[0]);
    }

    private static <T> T example(Class<T> type, String name, Class<?> parameter, Object argument) {
        return example(type, name, new Class<?>[] {parameter}, argument);
    }

    private static <T> T example(Class<T> type, String name, Class<?>[] parameters, Object... arguments) {
        try {
            return type.cast(loader.loadClass("com.example." + name).getConstructor(parameters).newInstance(arguments));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no example com.example." + name, e);
        }
    }
}
