package org.switchboard.access.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchboard.api.admission.SessionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;
import org.switchboard.posix.HostNames;
import org.switchboard.posix.Spawner;
import org.switchboard.posix.Users;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeLoggers;
import org.switchboard.testkit.FakeVisit;
import org.switchboard.testkit.SessionRuleContract;

class TcpWrappersTest implements SessionRuleContract {

    private static final Verdict REFUSED = Verdict.refuse("tcp_wrappers");

    @TempDir
    private Path folder;
    private final FakeLoggers loggers = new FakeLoggers();
    private final CountDownLatch resolver = new CountDownLatch(1);
    private TcpWrappers rule;

    private record Config(String allow_file, String deny_file, int lookup_timeout_seconds) implements AccessSettings {
        @Override
        public Class<? extends Annotation> annotationType() {
            return AccessSettings.class;
        }
    }

    private final class SlowNames implements HostNames {
        @Override
        public Optional<String> name(InetAddress address) throws IOException {
            try {
                resolver.await();
                return Optional.empty();
            } catch (InterruptedException ending) {
                throw new IOException(ending);
            }
        }

        @Override
        public boolean inNetgroup(String netgroup, String host) {
            return false;
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        rule = new TcpWrappers(config("hosts.allow", 60), new SlowNames(), nothing(Spawner.class), nothing(Users.class), loggers);
        write("hosts.deny", "in.ftpd echo: 192.0.2.7\n");
    }

    @AfterEach
    void close() {
        resolver.countDown();
        rule.close();
    }

    private Config config(String allow, int seconds) {
        return new Config(folder.resolve(allow).toString(), folder.resolve("hosts.deny").toString(), seconds);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static <T> T nothing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            throw new AssertionError(method + " is not needed here");
        }));
    }

    @Override
    public SessionRule sessionRule() {
        return rule;
    }

    @Override
    public Map<String, String> goodOptions() {
        return Map.of("tcp_wrappers", "yes");
    }

    private static ServiceEntry.Builder entry(String option) {
        return Entries.entry("ftp", Protocol.TCP4).options(Map.of("tcp_wrappers", option));
    }

    private Verdict judge(ServiceEntry entry) throws InterruptedException {
        return rule.judge(FakeVisit.from(entry, "192.0.2.7", 4711));
    }

    @Test
    void aProgramGoesByTheLastPartOfItsArgvZero() throws Exception {
        assertThat(judge(entry("yes").program("/usr/sbin/x", List.of("/usr/sbin/in.ftpd", "-l")).build())).isEqualTo(REFUSED);
        assertThat(judge(entry("yes").program("/usr/sbin/in.ftpd", List.of()).build())).isEqualTo(REFUSED);
        assertThat(judge(entry("yes").program("/usr/sbin/in.ftpd", List.of("x")).build())).isEqualTo(Verdict.admit());
    }

    @Test
    void aProviderGoesByItsName() throws Exception {
        assertThat(judge(entry("yes").provider("echo", List.of()).build())).isEqualTo(REFUSED);
        assertThat(judge(entry("yes").provider("daytime", List.of()).build())).isEqualTo(Verdict.admit());
    }

    @Test
    void anotherNameCanBeGiven() throws Exception {
        assertThat(judge(entry("in.ftpd").provider("daytime", List.of()).build())).isEqualTo(REFUSED);
    }

    @Test
    void aValueThatIsNoNameMeansYes() throws Exception {
        assertThat(rule.objection("tcp_wrappers", "a b")).contains("must be yes, no, or the name of a daemon");
        assertThat(judge(entry("a b").provider("echo", List.of()).build())).isEqualTo(REFUSED);
    }

    @Test
    void noMeansThatNobodyIsAsked() throws Exception {
        assertThat(judge(entry("no").provider("echo", List.of()).build())).isEqualTo(Verdict.admit());
    }

    @Test
    void aProgramThatIsTcpdAsksItself() throws Exception {
        assertThat(judge(entry("yes").program("/usr/sbin/tcpd", List.of("in.ftpd")).build())).isEqualTo(Verdict.admit());
    }

    @Test
    void aClientOfAUnixSocketHasNoAddressToBeRefusedBy() throws Exception {
        write("hosts.deny", "ALL: ALL\n");

        assertThat(rule.judge(FakeVisit.between(entry("yes").build(), UnixDomainSocketAddress.of(""),
                UnixDomainSocketAddress.of("/run/x")))).isEqualTo(Verdict.admit());
    }

    @Test
    void anIpv4ClientOfASocketForBothIsAnIpv4Client() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(new byte[] {(byte) 192, 0, 2, 7}, 0, mapped, 12, 4);
        InetAddress address = Inet6Address.getByAddress("", mapped, -1);

        assertThat(rule.judge(FakeVisit.between(entry("echo").build(), new InetSocketAddress(address, 4711),
                new InetSocketAddress(address, 7)))).isEqualTo(REFUSED);
    }

    @Test
    void aChangedFileCountsAtOnce() throws Exception {
        ServiceEntry entry = entry("echo").build();
        assertThat(judge(entry)).isEqualTo(REFUSED);

        write("hosts.allow", "echo: 192.0.2.\n");

        assertThat(judge(entry)).isEqualTo(Verdict.admit());
    }

    @Test
    void otherFilesCanBeSetWhileItRuns() throws Exception {
        write("other.allow", "ALL: ALL\n");

        rule.modified(config("other.allow", 60));

        assertThat(judge(entry("echo").build())).isEqualTo(Verdict.admit());
    }

    @Test
    void aFileThatCannotBeReadRefusesAndTheLogSaysSoOnce() throws Exception {
        Files.delete(folder.resolve("hosts.deny"));
        Files.createDirectory(folder.resolve("hosts.deny"));

        assertThat(judge(entry("echo").build())).isEqualTo(REFUSED);
        assertThat(judge(entry("echo").build())).isEqualTo(REFUSED);

        assertThat(loggers.lines().stream().filter(line -> line.message()
                .contains("hosts.deny cannot be read: Is a directory; all clients"))).hasSize(1);
        assertThat(rule.examine(entry("echo").build())).extracting(Object::toString)
                .containsExactly(folder.resolve("hosts.deny")
                        + ": error: the file cannot be read: Is a directory; all clients are refused");
    }

    @Test
    void aSlowResolverHoldsUpNobodyWhoseNameIsNotAskedFor() throws Exception {
        write("hosts.deny", "slow: .example\n");
        CompletableFuture<Verdict> slow = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                slow.complete(judge(entry("slow").build()));
            } catch (InterruptedException ending) {
                slow.completeExceptionally(ending);
            }
        });
        waiting.start();

        assertThat(judge(entry("quick").build())).isEqualTo(Verdict.admit());

        assertThat(slow).isNotDone();
        resolver.countDown();
        assertThat(slow.get(60, TimeUnit.SECONDS)).isEqualTo(Verdict.admit());
        waiting.join();
    }

    @Test
    void aResolverThatDoesNotAnswerInTimeMakesTheNameUnknown() throws Exception {
        rule.modified(config("hosts.allow", 1));
        write("hosts.deny", "echo: UNKNOWN\n");

        assertThat(judge(entry("echo").build())).isEqualTo(REFUSED);
    }

    private static ServiceEntry entry(String kind, String value) {
        boolean unix = kind.contains("unix");
        boolean datagrams = kind.contains("dgram");
        ServiceEntry.Builder builder = Entries.entry(unix ? "/run/x" : "x", unix ? Protocol.UNIX : datagrams
                ? Protocol.UDP : Protocol.TCP)
                .socketType(datagrams ? SocketType.DGRAM : SocketType.STREAM)
                .mode(kind.contains("nowait") || kind.contains("internal") ? Mode.NOWAIT : Mode.WAIT)
                .options(Map.of("tcp_wrappers", value));
        return (kind.contains("internal") ? builder.provider("echo", List.of())
                : builder.program(kind.contains("tcpd") ? "/usr/sbin/tcpd" : "/bin/x", List.of("x"))).build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # kind               | effect
            stream nowait        | yes
            stream nowait unix   | no
            stream nowait tcpd   | no
            stream wait          | no
            stream wait unix     | no
            dgram nowait         | yes
            dgram wait           | yes
            dgram wait unix      | no
            stream internal      | yes
            stream internal unix | no
            dgram internal       | yes
            dgram internal unix  | no
            """)
    void theOptionHasAnEffectWhereTheServerSeesTheAddressOfAClient(String kind, String effect) {
        assertThat(rule.noEffect("tcp_wrappers", entry(kind, "yes")).isEmpty() ? "yes" : "no").isEqualTo(effect);
        assertThat(rule.noEffect("tcp_wrappers", entry(kind, "no"))).isEmpty();
    }
}
