package org.switchboard.provider.exec.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.DescriptorProvider;
import org.switchboard.api.provider.Instance;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.SocketDescriptor;
import org.switchboard.posix.Account;
import org.switchboard.posix.Launch;
import org.switchboard.posix.Spawner;
import org.switchboard.posix.SystemText;
import org.switchboard.posix.Users;

/** Programs: the arguments of an entry are the path of the file to execute and its argv from argv[0] on. */
@Component
@ProviderName(ServiceEntry.EXEC)
public final class ExecProvider implements DescriptorProvider {

    /** The working directory of programs. */
    private static final String DIRECTORY_PROPERTY = "switchboard.directory";
    /** Names, with commas between them, of variables that the start script added to our environment. */
    private static final String ADDED_PROPERTY = "switchboard.environment.added";
    private static final Duration NAME_DEADLINE = Duration.ofSeconds(5);

    private final Accounts accounts;
    private final Spawner spawner;
    private final int umask;
    private final ProgramEnvironment environment;
    private final HostNames names;
    private final String directory;
    private final ProgramFiles files;
    private final ExitLog exits;

    @Activate
    public ExecProvider(@Reference Users users, @Reference Spawner spawner,
            @Reference(service = LoggerFactory.class) Logger log, BundleContext context) {
        this(new Accounts(users, InstantSource.system()), spawner,
                Umask.parse(Optional.ofNullable(context.getProperty(Umask.PROPERTY)), log),
                ourEnvironment(Optional.ofNullable(context.getProperty(ADDED_PROPERTY))),
                new HostNames(InetAddress::getCanonicalHostName, NAME_DEADLINE),
                Optional.ofNullable(context.getProperty(DIRECTORY_PROPERTY)).orElse("/"), log);
    }

    private static Map<String, String> ourEnvironment(Optional<String> added) {
        Map<String, String> variables = new HashMap<>(ServerEnvironment.variables());
        added.ifPresent(names -> List.of(names.split(",")).forEach(variables::remove));
        return variables;
    }

    ExecProvider(Accounts accounts, Spawner spawner, int umask, Map<String, String> environment, HostNames names,
            String directory, Logger log) {
        this.accounts = accounts;
        this.spawner = spawner;
        this.umask = umask;
        this.names = names;
        this.directory = directory;
        this.files = ProgramFiles.of(directory, environment);
        this.exits = new ExitLog(log, InstantSource.system());
        this.environment = new ProgramEnvironment(environment, names);
    }

    @Deactivate
    void stop() {
        names.close();
    }

    @Override
    public Optional<String> obstacle(ServiceEntry entry) {
        Optional<String> program = nameObstacle(entry);
        if (program.isPresent()) {
            return program;
        }
        try {
            accounts.forget(entry.identity());
            Optional<Account> account = accounts.of(entry.identity());
            return files.obstacle(entry.arguments().get(0), account).or(spawner::obstacle);
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> nameObstacle(ServiceEntry entry) {
        if (entry.arguments().isEmpty()) {
            return Optional.of("no program is named");
        }
        String program = entry.arguments().get(0);
        if (program.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("the path of the program, '" + visible(program) + "', holds a control character");
        }
        return Optional.empty();
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.chars().forEach(c -> visible.append(Character.isISOControl(c) ? String.format("\\x%02x", c) : String.valueOf((char) c)));
        return visible.toString();
    }

    @Override
    public Instance start(SocketDescriptor socket) throws IOException {
        ServiceEntry entry = socket.entry();
        Optional<Account> account = accounts.of(entry.identity());
        ProgramInstance instance = new ProgramInstance(spawner.start(launch(socket, account), socket.fd()));
        // A user may have been renumbered or removed since it was looked up.
        instance.ended().thenAccept(ending -> {
            if (!ending.started()) {
                accounts.forget(entry.identity());
            } else if (entry.mode() == Mode.WAIT) {
                exits.ended(entry.arguments().get(0), ending.outcome());
            }
        });
        return instance;
    }

    private Launch launch(SocketDescriptor socket, Optional<Account> account) throws IOException {
        List<String> words = socket.entry().arguments();
        if (words.isEmpty()) {
            throw new IOException("no program is named");
        }
        String program = words.get(0);
        List<String> argv = words.size() > 1 ? words.subList(1, words.size()) : List.of(nameOf(program));
        return new Launch(files.executable(program, account), argv, environment.of(socket), account,
                OptionalInt.of(Umask.of(socket.entry(), umask)), Extras.nice(socket.entry()), List.of(), Optional.empty(), directory);
    }

    /** As inetd does: argv[0] is the last part of the path where a line gives no arguments. */
    private static String nameOf(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
