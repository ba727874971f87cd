package org.switchboard.shell.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.ports.PortStatus;
import org.switchboard.api.runtime.ProviderDTO;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SessionDTO;

/**
 * The commands. Each method is one, its annotations are its help text, and what it returns is a value that
 * {@link org.switchboard.shell.internal.print.InetdConverter} prints. With {@code --help} it returns the help text instead.
 */
@Component(service = InetdCommands.class)
@GogoCommand(scope = InetdCommands.SCOPE, function = {"list", "show", "reload", "check", "ports", "sessions", "providers",
        "end", "suspend", "resume", "try", "completion", "__services", "__sessions"})
public final class InetdCommands {

    static final String SCOPE = "inetd";
    /** The session variable in which {@code check} leaves its exit code. */
    static final String EXIT = "inetd.exit";

    private static final String HELP = "print this";
    private static final String ID = "the id of a service as 'list' shows it, or any unique beginning of it";
    private static final String SERVICES = "inetd:__services";
    private static final String SESSIONS = "inetd:__sessions";
    private static final String YES = "true";
    private static final String NO = "false";
    private static final int MANY = 1000;

    private final Services services;

    @Activate
    public InetdCommands(BundleContext context) {
        this.services = new Services(context);
    }

    @Descriptor("Lists every service, how it stands, and why.")
    public Object list(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("list", help, words, () ->
                new Listing<>(ServiceDTO.class, services.server(server -> server.services())));
    }

    @Descriptor("Shows all about one service.")
    public Object show(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor(ID) @Words(value = "ID", least = 1, most = 1, completer = SERVICES) String... words) throws CommandFailedException {
        return run("show", help, words, () -> services.server(server -> server.service(words[0])));
    }

    @Descriptor("Reads all configuration again and reports what that changed. Unchanged listeners are not touched.")
    public Object reload(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("reload", help, words, () -> services.server(server -> server.reload()));
    }

    @Descriptor("Reads and validates configuration files without opening anything.")
    public Object check(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor("count warnings as errors")
            @Parameter(names = "--strict", presentValue = YES, absentValue = NO) boolean strict,
            @Descriptor("a configuration file; without one, those that the server reads")
            @Words(value = "FILE", most = MANY, completer = "__files") String... words) throws CommandFailedException {
        return run("check", help, words, () -> {
            List<Path> files = paths(session, words);
            Checked checked = new Checked(services.configuration(check -> check.check(files)), strict);
            session.put(EXIT, checked.exit());
            return checked;
        });
    }

    @Descriptor("Lists the reserved ports: name, number, protocol, owner and state.")
    public Object ports(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("ports", help, words, () ->
                new Listing<>(PortStatus.class, services.ports(registry -> registry.reservations())));
    }

    @Descriptor("Lists the running sessions.")
    public Object sessions(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("sessions", help, words, () ->
                new Listing<>(SessionDTO.class, services.server(server -> server.sessions())));
    }

    @Descriptor("Lists the registered providers.")
    public Object providers(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("providers", help, words, () ->
                new Listing<>(ProviderDTO.class, services.server(server -> server.providers())));
    }

    @Descriptor("Ends one session, or all sessions of a service: cuts the connection, or sends SIGTERM to the program.")
    public Object end(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor("the number of a session as 'sessions' shows it, or the id of a service, or any unique beginning of it")
            @Words(value = "SESSION|ID", least = 1, most = 1, completer = SESSIONS) String... words) throws CommandFailedException {
        return run("end", help, words, () -> {
            int count = services.server(server -> server.end(words[0]));
            return count == 1 ? "1 session told to end" : count + " sessions told to end";
        });
    }

    @Descriptor("Closes the listeners of a service until it is resumed; its running sessions go on.")
    public Object suspend(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor(ID) @Words(value = "ID", least = 1, most = 1, completer = SERVICES) String... words) throws CommandFailedException {
        return run("suspend", help, words, () -> services.server(server -> {
            ServiceDTO service = server.service(words[0]);
            server.suspend(service.id);
            return "suspended " + service.id;
        }));
    }

    @Descriptor("Opens a suspended service; tries again at once one that failed or waits.")
    public Object resume(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor(ID) @Words(value = "ID", least = 1, most = 1, completer = SERVICES) String... words) throws CommandFailedException {
        return run("resume", help, words, () -> services.server(server -> {
            ServiceDTO service = server.service(words[0]);
            server.resume(service.id);
            ServiceDTO now = server.service(service.id);
            return now.reason.isEmpty() ? now.id + " is " + now.state : now.id + " is " + now.state + ": " + now.reason;
        }));
    }

    @Descriptor("Says what is open and how to try it.")
    public Object _try(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("try", help, words, () -> new Invitation(services.server(server -> server.services())));
    }

    @Descriptor("Prints the lines that teach gogo.jline to complete these commands.")
    public Object completion(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("completion", help, words, () -> Completion.script(SCOPE, Usage.all(InetdCommands.class)));
    }

    @Descriptor("For completion: the ids of all services.")
    public List<String> __services() throws CommandFailedException {
        return services.server(server -> server.services().stream().map(service -> service.id).toList());
    }

    @Descriptor("For completion: the numbers of all sessions and the ids of their services.")
    public List<String> __sessions() throws CommandFailedException {
        return services.server(server -> server.sessions().stream()
                .flatMap(session -> Stream.of(Long.toString(session.number), session.service)).distinct().toList());
    }

    /** What a command does once its words are right. */
    @FunctionalInterface
    private interface Body {
        Object run() throws CommandFailedException;
    }

    private static Object run(String command, boolean help, String[] words, Body body) throws CommandFailedException {
        Usage usage = Usage.of(InetdCommands.class, command);
        if (help) {
            return usage.text();
        }
        usage.check(words);
        return body.run();
    }

    private static List<Path> paths(CommandSession session, String... words) {
        List<Path> files = new ArrayList<>();
        for (String word : words) {
            try {
                files.add(session.currentDir().resolve(word));
            } catch (InvalidPathException e) {
                throw new UsageException("check: '" + word + "' is not a file name: " + e.getReason());
            }
        }
        return files;
    }
}
