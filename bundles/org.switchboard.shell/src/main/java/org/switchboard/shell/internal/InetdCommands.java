package org.switchboard.shell.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.Process;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Fitting;
import org.switchboard.shell.internal.verbs.Verbs;
import org.switchboard.shell.internal.verbs.WithExit;

/**
 * The commands. Each method is one, its annotations are its help text, and what it returns is a value that
 * {@link InetdConverter} prints. With {@code --help} it returns the help text instead.
 */
@Component(service = InetdCommands.class)
@GogoCommand(scope = InetdCommands.SCOPE, function = {"list", "show", "reload", "check", "convert", "ports", "sessions", "providers",
        "deployed", "end", "suspend", "resume", "try", "completion", "help", "watch", "__services", "__sessions",
        "__providers", "__states", "__dialects", "__forms", "__retry", "__suggest"})
public final class InetdCommands {

    static final String SCOPE = "inetd";
    /** The session variable in which {@code reload}, {@code check} and {@code convert} leave their exit code. */
    static final String EXIT = "inetd.exit";

    private static final String HELP = "print this";
    private static final String ID = "the id of a service as 'list' shows it or any unique beginning of it, its name, port "
            + "or address:port";
    /** The word at the cursor, in the variable that gogo.jline sets while it completes. */
    private static final String TYPED = " ($.commandLine word)";
    private static final String SERVICES = "inetd:__services" + TYPED;
    private static final String SESSIONS = "inetd:__sessions" + TYPED;
    private static final String PROVIDERS = "inetd:__providers";
    private static final String STATES = "inetd:__states";
    private static final String DIALECTS = "inetd:__dialects";
    private static final String FORMS = "inetd:__forms";
    private static final String YES = "true";
    private static final String NO = "false";
    private static final int MANY = 1000;
    private static final int STANDARD_OUTPUT = 1;

    private final Verbs verbs;

    @Activate
    public InetdCommands(BundleContext context) {
        this.verbs = new Verbs(context);
    }

    @Descriptor("Lists the services, how each stands, and why.")
    public Object list(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor("only those in this state, such as idle, running or failed")
            @Parameter(names = {"-s", "--state"}, absentValue = "") @Value(value = "STATE", completer = STATES) String state,
            @Descriptor("only those that this provider serves; 'exec' is the one of programs")
            @Parameter(names = {"-p", "--provider"}, absentValue = "") @Value(value = "NAME", completer = PROVIDERS) String provider,
            @Descriptor("only those with an id, state, address or program that begins so, or with this port; "
            + "'*' and '?' as in a shell")
            @Words(value = "PATTERN", most = 1, completer = SERVICES) String... words) throws CommandFailedException {
        return run("list", help, words,
                () -> fitting(session, verbs.list(state, provider, first(words))));
    }

    @Descriptor("Shows all about one service.")
    public Object show(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor(ID) @Words(value = "ID", least = 1, most = 1, completer = SERVICES) String... words) throws CommandFailedException {
        return run("show", help, words, () -> verbs.show(words[0]));
    }

    @Descriptor("Reads all configuration again and reports what that changed. Unchanged listeners are not touched. "
            + "The exit code is 1 with errors, or if a service does not run.")
    public Object reload(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("reload", help, words, () -> noting(session, verbs.reload()).report());
    }

    @Descriptor("Reads and validates configuration files without opening anything.")
    public Object check(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor("count warnings as errors")
            @Parameter(names = "--strict", presentValue = YES, absentValue = NO) boolean strict,
            @Descriptor("read files in this dialect that do not name their own")
            @Parameter(names = "--dialect", absentValue = "") @Value(value = "NAME", completer = DIALECTS) String dialect,
            @Descriptor("a configuration file; without one, those that the server reads")
            @Words(value = "FILE", most = MANY, completer = "__files") String... words) throws CommandFailedException {
        return run("check", help, words, () -> noting(session, verbs.check(strict, dialect, paths(session, words))));
    }

    @Descriptor("Prints a configuration file in the dialect 'switchboard'. Changes nothing.")
    public Object convert(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor("the dialect of the file, if it does not name its own")
            @Parameter(names = "--from", absentValue = "") @Value(value = "NAME", completer = DIALECTS) String from,
            @Descriptor("how entries are written: 'positional' unless told otherwise, or 'keyvalue'")
            @Parameter(names = "--to", absentValue = "positional") @Value(value = "FORM", completer = FORMS) String to,
            @Descriptor("a configuration file")
            @Words(value = "FILE", least = 1, most = 1, completer = "__files") String... words) throws CommandFailedException {
        return run("convert", help, words,
                () -> noting(session, verbs.convert(from, to, paths(session, words).get(0))).text());
    }

    @Descriptor("Lists the reserved ports: name, number, protocol, owner and state.")
    public Object ports(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("ports", help, words, () -> fitting(session, verbs.ports()));
    }

    @Descriptor("Lists the running sessions.")
    public Object sessions(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor("only that number, or those of a service (id, name, port, address:port, pattern) or of a client's address")
            @Words(value = "PATTERN", most = 1, completer = SESSIONS) String... words) throws CommandFailedException {
        return run("sessions", help, words, () -> fitting(session, verbs.sessions(first(words))));
    }

    @Descriptor("Lists the registered providers.")
    public Object providers(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("providers", help, words, () -> fitting(session, verbs.providers()));
    }

    @Descriptor("Lists the files in the folders for hot deployment, their bundles, and what is wrong with them.")
    public Object deployed(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("deployed", help, words, () -> fitting(session, verbs.deployed()));
    }

    @Descriptor("Ends one session, or all sessions of a service: cuts the connection, or sends SIGTERM to the program. "
            + "A session that was told to end before is killed.")
    public Object end(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor("send SIGKILL to the program and its process group at once")
            @Parameter(names = "--kill", presentValue = YES, absentValue = NO) boolean kill,
            @Descriptor("the number of a session as 'sessions' shows it, or what means a service: id, name, port")
            @Words(value = "SESSION|ID", least = 1, most = 1, completer = SESSIONS) String... words) throws CommandFailedException {
        return run("end", help, words, () -> verbs.end(kill, words[0]));
    }

    @Descriptor("Closes the listeners of a service until it is resumed; its running sessions go on.")
    public Object suspend(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor(ID) @Words(value = "ID", least = 1, most = 1, completer = SERVICES) String... words) throws CommandFailedException {
        return run("suspend", help, words, () -> verbs.suspend(words[0]));
    }

    @Descriptor("Opens a suspended service; tries again at once one that failed or waits.")
    public Object resume(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor(ID) @Words(value = "ID", least = 1, most = 1, completer = SERVICES) String... words) throws CommandFailedException {
        return run("resume", help, words, () -> verbs.resume(words[0]));
    }

    @Descriptor("Says what is open and how to try it.")
    public Object _try(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("try", help, words, () -> verbs.invitation());
    }

    @Descriptor("Prints the lines that teach gogo.jline to complete these commands.")
    public Object completion(
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Words String... words) throws CommandFailedException {
        return run("completion", help, words, () -> Completion.script(SCOPE, Usage.all(InetdCommands.class)));
    }

    @Descriptor("Lists these commands, or explains one of them.")
    public Object help(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor("list the commands of all bundles")
            @Parameter(names = {"-a", "--all"}, presentValue = YES, absentValue = NO) boolean all,
            @Descriptor("the name of a command") @Words(value = "COMMAND", most = 1) String... words) throws CommandFailedException {
        return run("help", help, words, () -> Help.text(session, all, List.of(words)));
    }

    @Descriptor("Repeats a command until Ctrl-C.")
    public Object watch(CommandSession session,
            @Descriptor(HELP) @Parameter(names = {"-h", "--help"}, presentValue = YES, absentValue = NO) boolean help,
            @Descriptor("how many seconds to wait in between; 1 unless told otherwise")
            @Parameter(names = {"-n", "--interval"}, absentValue = "1") @Value(value = "SECONDS", completer = "") String seconds,
            @Descriptor("a command of the server") @Words(value = "COMMAND", least = 1, most = MANY) String... words)
            throws CommandFailedException {
        return run("watch", help, words, () -> new Watch(session, seconds, List.of(words)).run());
    }

    @Descriptor("For the launcher, at SIGALRM: tries again at once what failed, stands back, or was closed by a limit.")
    public String __retry() throws CommandFailedException {
        return verbs.retry();
    }

    @Descriptor("For shells: a text such as \"; did you mean 'list'?\" for a command that is not there; often empty. Further "
            + "words are commands that the shell has beside those of the server.")
    public String __suggest(CommandSession session, String command, String... more) {
        return CommandNames.of(session).suggestion(command, List.of(more));
    }

    @Descriptor("For completion: the ids of all services, and what else finds one and begins with what is typed.")
    public List<String> __services(String... typed) throws CommandFailedException {
        return verbs.serviceWords(first(typed));
    }

    @Descriptor("For completion: the numbers of all sessions, and the same for their services.")
    public List<String> __sessions(String... typed) throws CommandFailedException {
        return verbs.sessionWords(first(typed));
    }

    @Descriptor("For completion: the names of all providers.")
    public List<String> __providers() throws CommandFailedException {
        return verbs.providerNames();
    }

    @Descriptor("For completion: the states that a service may be in.")
    public List<String> __states() {
        return verbs.states();
    }

    @Descriptor("For completion: the names of all dialects.")
    public List<String> __dialects() {
        return verbs.dialects();
    }

    @Descriptor("For completion: the forms in which entries are written.")
    public List<String> __forms() {
        return List.of("positional", "keyvalue");
    }

    private static String first(String... words) {
        return words.length == 0 ? "" : words[0];
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

    /** As wide as the terminal that it is printed on; what goes through a pipe, or nowhere, is not cut. */
    private static Object fitting(CommandSession session, Fitting value) {
        Process process = Process.Utils.current();
        Object columns = process != null && process.isTty(STANDARD_OUTPUT) ? session.get("COLUMNS") : null;
        return columns instanceof Number number ? value.within(number.intValue()) : value;
    }

    /** Leaves the exit code where whoever runs the command looks for it. */
    private static <T extends WithExit> T noting(CommandSession session, T value) {
        session.put(EXIT, value.exit());
        return value;
    }

    private static List<Path> paths(CommandSession session, String... words) {
        List<Path> files = new ArrayList<>();
        for (String word : words) {
            try {
                files.add(session.currentDir().resolve(word));
            } catch (InvalidPathException e) {
                throw new UsageException("'" + word + "' is not a file name: " + e.getReason());
            }
        }
        return files;
    }
}
