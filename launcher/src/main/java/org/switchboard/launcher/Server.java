package org.switchboard.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** One run of the server, from the state directory to the last listener. */
final class Server {

    /** SIGTERM to exit, at most; what has not stopped by then is cut off. */
    private static final Duration STOP_BOUND = Duration.ofMillis(1_850);

    /** EX_OSERR of sysexits(3), which FreeBSD's inetd leaves with when another one runs. */
    private static final int OS_ERROR = 71;

    private final Settings settings;
    private volatile Optional<PidFile> pidFile = Optional.empty();
    /** Held until the process ends. */
    private volatile Optional<ProgramCopy> copy = Optional.empty();
    /** Empty until the framework is there. */
    private volatile Optional<Running> running = Optional.empty();
    private volatile boolean stopping;
    private final CountDownLatch serving = new CountDownLatch(1);

    /** What a signal acts on. */
    private record Running(EmbeddedFramework framework, ServiceManager manager, Commands commands) {
    }

    Server(Settings settings) {
        this.settings = settings;
    }

    /** What happens as soon as every listener is open that can be. */
    interface Ready {
        void run(EmbeddedFramework framework, Commands commands, Path state) throws InterruptedException;
    }

    /** Serves until it is told to stop. */
    int run(List<String> files) throws LaunchException, InterruptedException {
        return run(files, settings.playsInetd() ? this::quietly : this::announce);
    }

    /** Serves until it is told to stop. */
    int run(List<String> files, Ready ready) throws LaunchException, InterruptedException {
        handleSignals();
        copy = ProgramCopy.hold(settings.copy());
        try (StateDirectory state = settings.anyState() ? StateDirectory.takeFree(settings.state()) : StateDirectory.take(settings.state())) {
            copy.ifPresent(ProgramCopy::removeOthers);
            writePidFile();
            Bundles bundles = Bundles.in(settings.bundles());
            List<String> missing = MissingBundles.warnings(bundles, settings.home().resolve("bundles"));
            EmbeddedFramework framework = EmbeddedFramework.create(properties(state.path(), files), bundles,
                    changed(state.path(), bundles));
            ServiceManager manager = new ServiceManager(settings, framework.context());
            Commands commands = new Commands(framework.context());
            running = Optional.of(new Running(framework, manager, commands));
            WarmUp.loadInBackground(framework.context());
            framework.start();
            ServerLog log = new ServerLog(framework.context(), settings.program());
            Signals.onUserSignals(log::warn);
            missing.forEach(log::warn);
            ClassArchive.warning(settings.lib()).ifPresent(log::warn);
            warnOfForeignWriters(state.path(), log);
            ready.run(framework, commands, state.path());
            manager.ready();
            serving.countDown();
            framework.awaitStop();
            return 0;
        } catch (IOException e) {
            throw new LaunchException("cannot leave the state directory: " + e);
        } finally {
            pidFile.ifPresent(PidFile::close);
        }
    }

    /** From the first moment on: requests wait until the server serves, and an end before there is something to end is one at once. */
    private void handleSignals() {
        Signals.onTermination(() -> running.ifPresentOrElse(this::stop, this::exitBeforeStart), () -> exitNow("told twice to stop"));
        Signals.onRequest(() -> whenServing(this::reload),
                () -> whenServing(server -> request(server.commands(), "SIGALRM", "__retry")));
    }

    private void whenServing(Consumer<Running> action) {
        try {
            serving.await();
            running.ifPresent(action);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A server whose process id nobody can look up still serves. */
    private void writePidFile() throws LaunchException {
        if (settings.pidFile().isPresent()) {
            Path path = settings.pidFile().get();
            try {
                pidFile = Optional.of(PidFile.write(path, settings.exclusive()));
            } catch (PidFile.AlreadyRunningException e) {
                throw new LaunchException(e.getMessage(), OS_ERROR);
            } catch (IOException e) {
                System.err.println(settings.program() + ": cannot write the pid file " + path + ": " + StateDirectory.reason(e));
            }
        }
    }

    private void warnOfForeignWriters(Path state, ServerLog log) {
        Path home = settings.home();
        try {
            ForeignWriters.warnings(List.of(settings.bundles(), home.resolve("lib"), home.resolve("etc"),
                    home.resolve("deploy"),
                    state.resolve("deploy"))).forEach(log::warn);
        } catch (IOException e) {
            log.warn("cannot see who may write to the configuration: " + e);
        }
    }

    private Map<String, String> properties(Path state, List<String> files) throws LaunchException {
        for (String file : files) {
            if (file.contains(File.pathSeparator)) {
                throw new LaunchException("the name of a configuration file cannot contain '" + File.pathSeparator + "': " + file);
            }
        }
        Map<String, String> properties = new HashMap<>();
        properties.put("org.osgi.framework.storage", state.resolve("cache").toString());
        properties.put("felix.cache.locking", "true");
        properties.put("felix.cm.dir", state.resolve("config").toString());
        // Component descriptions are parsed once for every change of a bundle, not at every start.
        properties.put("ds.cache.metadata", "true");
        // Whoever starts gogo.jline by hand must not stop the server by the end of its empty standard input.
        properties.put("gosh.args", "--nointeractive");
        properties.put("switchboard.home", settings.home().toString());
        properties.put("switchboard.state", state.toString());
        properties.put("switchboard.conf", String.join(File.pathSeparator, files));
        properties.put("switchboard.native", settings.nativeParts().toString());
        properties.put("switchboard.deploy",
                settings.home().resolve("deploy") + File.pathSeparator + state.resolve("deploy"));
        properties.put("switchboard.deploy.level", Integer.toString(Bundles.DEFAULT_LEVEL));
        properties.putAll(hotDeployment(state));
        return properties;
    }

    private Map<String, String> hotDeployment(Path state) throws LaunchException {
        Path deploy = state.resolve("deploy");
        Path temporary = state.resolve("tmp");
        try {
            // Whatever the umask: only we put something there.
            Files.createDirectories(deploy, StateDirectory.mode("rwxr-xr-x"));
            Files.createDirectories(temporary, StateDirectory.mode("rwx------"));
        } catch (IOException e) {
            throw new LaunchException("cannot create a directory in the state directory " + state + ": " + StateDirectory.reason(e));
        }
        for (Path path : List.of(settings.home(), state)) {
            if (path.toString().contains(",")) {
                throw new LaunchException("the path of the distribution or of the state directory cannot contain ',': " + path);
            }
        }
        System.setProperty("java.io.tmpdir", temporary.toString());
        return Map.of(
                "felix.fileinstall.dir", settings.home().resolve("etc") + "," + settings.home().resolve("deploy") + "," + deploy,
                "felix.fileinstall.tmpdir", temporary.resolve("deploy").toString(),
                // Jar files are the affair of our own bundle: this one uninstalls a bundle whose file is half written.
                "felix.fileinstall.filter", ".*\\.(cfg|config)",
                "felix.fileinstall.subdir.mode", "skip",
                "felix.fileinstall.poll", "500",
                // Its watcher of the file system overlooks what was removed while the server was down, if nothing else is there.
                "felix.fileinstall.disableNio2", "true",
                "felix.fileinstall.noInitialDelay", "true",
                "felix.fileinstall.enableConfigSave", "false",
                "felix.fileinstall.log.level", "3");
    }

    /** Whether the storage was made by another set of bundles; remembers this one. */
    private static boolean changed(Path state, Bundles bundles) throws LaunchException {
        Path memory = state.resolve("bundles");
        String fingerprint = bundles.fingerprint();
        try {
            if (Files.exists(memory) && Files.readString(memory).equals(fingerprint)) {
                return false;
            }
            Files.writeString(memory, fingerprint, StandardCharsets.UTF_8);
            return true;
        } catch (IOException e) {
            throw new LaunchException("cannot write to the state directory " + state + ": " + StateDirectory.reason(e));
        }
    }

    private void announce(EmbeddedFramework framework, Commands commands, Path state) throws InterruptedException {
        boolean serving = commands.awaitServing();
        if (stopping) {
            return;
        }
        commands.run("try").map(Commands.Answer::output).ifPresent(System.out::writeBytes);
        System.out.println("switchboard: " + (serving ? "ready" : "up, but not serving") + ", pid " + ProcessHandle.current().pid()
                + ", state " + state);
        System.out.flush();
    }

    /** As a daemon does it: whoever waits in the foreground learns that the ports are open, and after that nothing more. */
    private void quietly(EmbeddedFramework framework, Commands commands, Path state) throws InterruptedException {
        if (!commands.awaitServing()) {
            System.err.println(settings.program() + ": up, but not serving");
        }
        sayReady();
        framework.detach();
        // Nobody hears this, unless we could not let go of those who listen.
        sayReady();
    }

    private void sayReady() {
        if (settings.daemon()) {
            System.out.println(settings.program() + ": ready");
            System.out.flush();
        }
    }

    private void reload(Running server) {
        server.manager().reloading();
        request(server.commands(), "SIGHUP", "reload");
        server.manager().reloaded();
    }

    private void request(Commands commands, String signal, String verb) {
        try {
            if (commands.run(verb).isEmpty()) {
                System.err.println(settings.program() + ": " + signal + ": nobody here can " + verb.replace("__", ""));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(Running server) {
        stopping = true;
        server.manager().stopping();
        if (!settings.drain()) {
            Thread watchdog = new Thread(this::exitAtBound, "switchboard-watchdog");
            watchdog.setDaemon(true);
            watchdog.start();
        }
        server.framework().stop();
    }

    private void exitBeforeStart() {
        pidFile.ifPresent(PidFile::close);
        Runtime.getRuntime().halt(0);
    }

    private void exitAtBound() {
        try {
            Thread.sleep(STOP_BOUND.toMillis());
            exitNow("some of it did not stop in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void exitNow(String why) {
        System.err.println(settings.program() + ": " + why + "; leaving at once");
        pidFile.ifPresent(PidFile::close);
        Runtime.getRuntime().halt(0);
    }
}
