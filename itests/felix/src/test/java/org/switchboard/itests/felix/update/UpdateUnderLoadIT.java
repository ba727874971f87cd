package org.switchboard.itests.felix.update;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogReaderService;
import org.osgi.service.log.LogService;
import org.switchboard.itests.felix.Felix;
import org.switchboard.itests.felix.Loopback;
import org.switchboard.itests.felix.Needs;

/** Updates bundles of every kind, the dispatcher among them, one after the other, for as many seconds as {@code update.seconds} says. */
@RunWith(PaxExam.class)
public class UpdateUnderLoadIT {

    private static final String SECONDS = "update.seconds";
    private static final String DEFAULT_SECONDS = "60";
    private static final int PINGS = 50;
    private static final int LOG_LINES = 100;
    private static final int LOG_ENTRIES = 2000;
    private static final List<String> UPDATED = List.of("org.switchboard.provider.echo", "org.switchboard.limits",
            "org.switchboard.access", "org.switchboard.dispatcher", "org.switchboard.provider.daytime", "org.switchboard.netty",
            "org.switchboard.provider.exec", "org.switchboard.config", "org.switchboard.config.inetd", "org.switchboard.ports",
            "org.switchboard.api", "org.switchboard.posix");

    /** Tells its process id to one client after the other, and ends when told to. */
    private static final String WAITING = """
            while (accept(my $client, STDIN)) {
                my $word = <$client>;
                syswrite $client, $$;
                close $client;
                exit if $word eq "quit\\n";
            }
            """;

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] server() throws IOException {
        int[] ports = {Loopback.freePort(), Loopback.freePort(), Loopback.freePort(), Loopback.freePort()};
        Path conf = Files.createTempFile(Path.of("target").toAbsolutePath(), "inetd", ".conf");
        Path waiting = Files.writeString(Files.createTempFile(conf.getParent(), "waiting", ".pl"), WAITING);
        Files.write(conf, List.of(
                "127.0.0.1:" + ports[0] + " stream tcp4 nowait/100/0/90 - internal echo",
                ports[1] + " on bind=127.0.0.1, protocol=tcp4, wait=no, user=-, args=daytime, tcp_wrappers=yes;",
                "127.0.0.1:" + ports[2] + " stream tcp4 nowait - /bin/cat",
                "127.0.0.1:" + ports[3] + " stream tcp4 wait - /usr/bin/perl perl " + waiting));
        return new Option[] {frameworkProperty("switchboard.conf").value(conf.toString()),
            frameworkProperty("org.apache.felix.log.maxSize").value(Integer.toString(LOG_ENTRIES)),
            systemProperty("test.ports").value(ports[0] + " " + ports[1] + " " + ports[2] + " " + ports[3]),
            systemProperty(SECONDS).value(System.getProperty(SECONDS, DEFAULT_SECONDS)), Felix.server()};
    }

    @Test
    public void aProgramKeepsTheSocketThatItWaitsOnAndGivesItToTheNextDispatcher() throws Exception {
        Needs.program("UpdateUnderLoadIT", Path.of("/usr/bin/perl"), "perl-base");
        int waiting = Integer.parseInt(System.getProperty("test.ports").split(" ")[3]);
        Loopback.await("the port is open", () -> Loopback.listenerInode(waiting).isPresent());
        String first = Loopback.talk(waiting, "who\n");

        update("org.switchboard.dispatcher");
        assertEquals(first, Loopback.talk(waiting, "who\n"));

        assertEquals(first, Loopback.talk(waiting, "quit\n"));
        assertNotEquals(first, Loopback.talk(waiting, "who\n"));
        Loopback.talk(waiting, "quit\n");
    }

    @Test
    public void nobodyIsRefusedOrCutAndNoOldCodeIsKept() throws Exception {
        String[] ports = System.getProperty("test.ports").split(" ");
        int echo = Integer.parseInt(ports[0]);
        int daytime = Integer.parseInt(ports[1]);
        int program = Integer.parseInt(ports[2]);
        Loopback.await("the ports are open", () -> Loopback.isOpen(echo) && Loopback.isOpen(daytime) && Loopback.isOpen(program));
        Optional<String> inode = Loopback.listenerInode(echo);
        Map<String, WeakReference<ClassLoader>> old = new LinkedHashMap<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong(SECONDS));
        int updates = 0;
        Clients clients = new Clients();
        try (clients; Socket longSession = Loopback.connect(program)) {
            clients.come("a line to echo", () -> Clients.echo(echo, 1));
            clients.come("lines to echo", () -> Clients.echo(echo, PINGS));
            clients.come("daytime", () -> Clients.daytime(daytime));
            clients.come("a line to a program", () -> Clients.echo(program, 1));
            do {
                for (String name : UPDATED) {
                    long before = clients.visits();
                    clients.meanwhile(name + " is updated");
                    old.put("update " + updates + " of " + name, update(name));
                    updates++;
                    Clients.ping(longSession, "still there");
                    Loopback.await("clients are served after an update of " + name,
                            () -> clients.visits() > before || !clients.failures().isEmpty());
                    if (!inode.equals(Loopback.listenerInode(echo))) {
                        printLog();
                        throw new AssertionError("another socket listens after an update of " + name);
                    }
                }
            } while (System.nanoTime() < end && clients.failures().isEmpty());
        }
        System.out.println(updates + " updates, " + clients.visits() + " visits");
        for (Throwable failure : clients.failures()) {
            printLog();
            throw new AssertionError(failure.getMessage(), failure);
        }
        assertTrue(updates >= UPDATED.size());
        forgetWhatWasLogged();
        try {
            Loopback.await("old class loaders are collected", () -> kept(old).isEmpty());
        } catch (AssertionError late) {
            throw new AssertionError("in memory after " + updates + " updates: " + kept(old));
        }
    }

    /** Updates a bundle and refreshes it. @return the class loader that it had */
    private WeakReference<ClassLoader> update(String name) throws BundleException, InterruptedException {
        for (Bundle bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                WeakReference<ClassLoader> before = new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
                bundle.update();
                CountDownLatch refreshed = new CountDownLatch(1);
                context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.countDown());
                assertTrue(refreshed.await(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS));
                return before;
            }
        }
        throw new AssertionError("no bundle " + name);
    }

    /** What the server said last, newest first. */
    private void printLog() {
        LogReaderService reader = context.getService(context.getServiceReference(LogReaderService.class));
        Collections.list(reader.getLog()).stream().filter(entry -> !entry.getLoggerName().startsWith("Events."))
                .limit(LOG_LINES).map(LogEntry::toString).forEach(System.out::println);
    }

    /** An exception in the log keeps the classes that its stack names, as long as the log service keeps the entry. */
    private void forgetWhatWasLogged() {
        LogService log = context.getService(context.getServiceReference(LogService.class));
        for (int i = 0; i < LOG_ENTRIES; i++) {
            log.getLogger(UpdateUnderLoadIT.class).error("something else");
        }
    }

    private static List<String> kept(Map<String, WeakReference<ClassLoader>> loaders) {
        System.gc();
        return loaders.entrySet().stream().filter(loader -> loader.getValue().get() != null).map(Map.Entry::getKey).toList();
    }
}
