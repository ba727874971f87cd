package org.switchboard.access.internal;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;
import org.switchboard.access.internal.request.Ident;
import org.switchboard.access.internal.request.LookUps;
import org.switchboard.access.internal.request.Names;
import org.switchboard.access.internal.request.Party;
import org.switchboard.access.internal.request.Request;
import org.switchboard.access.internal.request.SystemNames;
import org.switchboard.access.internal.table.HostsTable;
import org.switchboard.access.internal.table.Reread;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.SessionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.admission.Visit;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;
import org.switchboard.posix.HostNames;
import org.switchboard.posix.Spawner;
import org.switchboard.posix.Users;

/** {@code tcp_wrappers=yes}: hosts.allow and hosts.deny say who may connect. */
@Component(service = SessionRule.class, configurationPid = TcpWrappers.PID)
@Designate(ocd = AccessSettings.class)
@AdmissionOptions(DaemonName.OPTION)
public final class TcpWrappers implements SessionRule {

    static final String PID = "org.switchboard.access";

    private final LookUps lookUps;
    private final Names names;
    private final Ident users = new Ident(Ident.PORT);
    private final ShellCommands commands;
    private final AuthLog decisions;
    private final Logger log;
    private volatile Judge judge;

    @Activate
    public TcpWrappers(AccessSettings settings, @Reference HostNames hostNames, @Reference Spawner spawner,
            @Reference Users accounts, @Reference LoggerFactory loggers) {
        log = loggers.getLogger(TcpWrappers.class);
        lookUps = new LookUps(Duration.ofSeconds(settings.lookup_timeout_seconds()));
        names = new SystemNames(hostNames, lookUps);
        commands = new ShellCommands(spawner, accounts);
        decisions = new AuthLog(loggers);
        judge = judge(settings);
    }

    @Modified
    void modified(AccessSettings settings) {
        lookUps.patience(Duration.ofSeconds(settings.lookup_timeout_seconds()));
        judge = judge(settings);
    }

    @Deactivate
    void close() {
        lookUps.close();
    }

    private Judge judge(AccessSettings settings) {
        Judge next = new Judge(file(settings.allow_file()), file(settings.deny_file()), commands, decisions, log);
        next.findings();
        return next;
    }

    private Reread<HostsTable> file(String path) {
        return new Reread<>(Path.of(path), text -> parse(path, text), HostsTable.EMPTY, new Reread.Log() {
            @Override
            public void unreadable(String why) {
                log.error("{}; all clients of services with tcp_wrappers are refused", why);
            }

            @Override
            public void readableAgain(Path file, long attempts) {
                log.info("{} can be read again, after {} attempts", file, attempts);
            }
        });
    }

    private HostsTable parse(String path, String text) throws IOException {
        HostsTable table = HostsTable.parse(path, text, this::tell);
        table.findings().forEach(this::tell);
        return table;
    }

    private void tell(Finding finding) {
        if (finding.severity() == Finding.Severity.ERROR) {
            log.error("{}", finding);
        } else {
            log.warn("{}", finding);
        }
    }

    /** Who comes through a Unix socket has no address, and is let in; so is whoever a {@code wait} server will see first. */
    @Override
    public Verdict judge(Visit visit) throws InterruptedException {
        Optional<String> daemon = DaemonName.of(visit.entry());
        Optional<Party> client = visit.remote().flatMap(this::party);
        Optional<Party> server = party(visit.local());
        if (daemon.isEmpty() || client.isEmpty() || server.isEmpty()) {
            return Verdict.admit();
        }
        boolean stream = visit.entry().socketType() == SocketType.STREAM;
        return judge.judge(new Request(daemon.get(), client.get(), server.get(), stream ? Optional.of(users) : Optional.empty()),
                visit);
    }

    private Optional<Party> party(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? Optional.of(new Party(plain(inet.getAddress()), inet.getPort(), names)) : Optional.empty();
    }

    /** An IPv4 client of a socket for both is an IPv4 client. */
    private static InetAddress plain(InetAddress address) {
        try {
            boolean mapped = address instanceof Inet6Address
                    && InetAddress.getByAddress(address.getAddress()).getAddress().length != address.getAddress().length;
            return mapped ? InetAddress.getByAddress(address.getAddress()) : address;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public List<Finding> examine(ServiceEntry entry) {
        return DaemonName.of(entry).isEmpty() ? List.of() : judge.findings();
    }

    @Override
    public Optional<String> objection(String option, String value) {
        return DaemonName.objection(value);
    }

    @Override
    public Optional<String> noEffect(String option, ServiceEntry entry) {
        if (DaemonName.isOff(entry)) {
            return Optional.empty();
        }
        if (DaemonName.of(entry).isEmpty()) {
            return Optional.of("the program it names asks by itself");
        }
        if (entry.protocol().transport() == Transport.UNIX) {
            return Optional.of("clients of a Unix socket have no address");
        }
        boolean accepts = entry.isProgram() && entry.mode() == Mode.WAIT && entry.socketType() == SocketType.STREAM;
        return accepts ? Optional.of("its program accepts the clients, whose addresses the server does not see")
                : Optional.empty();
    }
}
