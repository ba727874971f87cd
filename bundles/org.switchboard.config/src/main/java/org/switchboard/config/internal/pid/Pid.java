package org.switchboard.config.internal.pid;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchboard.api.entry.Origin;

/**
 * What a configuration is called by those who wrote it: the alias of its PID, unless that was made up by the container, and
 * the file that it was read from or is kept in, where it tells one.
 */
record Pid(String pid, Optional<Path> file) {

    /** The key under which FileInstall and Karaf name the file. */
    static final String FILE = "felix.fileinstall.filename";
    private static final Pattern ALIAS = Pattern.compile("[^~]*~(.+)|"
            + Pattern.quote(ServiceConfigurations.FACTORY_PID) + "[.-](.+)");
    private static final Pattern NAMELESS = Pattern.compile(Pattern.quote(ServiceConfigurations.FACTORY_PID) + "[~.-]?");
    private static final Pattern MADE_UP = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern EXTENSION = Pattern.compile("(?<=.)\\.[^.]*$");

    static Pid of(String pid, Map<String, ?> properties) {
        Object file = properties.get(FILE);
        return new Pid(pid, file == null ? Optional.empty() : path(file.toString()));
    }

    /** A URL, as FileInstall and Karaf write it. */
    private static Optional<Path> path(String url) {
        try {
            return Optional.of(url.startsWith("file:") ? Path.of(URI.create(url)) : Path.of(url));
        } catch (IllegalArgumentException notOfThisSystem) {
            return Optional.empty();
        }
    }

    /** Behind the factory PID, or in the name of the file. */
    Optional<String> alias() {
        return aliasOfPid().or(this::aliasOfFile);
    }

    private Optional<String> aliasOfPid() {
        return alias(pid).filter(alias -> !MADE_UP.matcher(alias).matches());
    }

    private Optional<String> aliasOfFile() {
        Optional<String> name = nameOfFile();
        return name.flatMap(Pid::alias).or(() -> name.filter(whole -> !NAMELESS.matcher(whole).matches()));
    }

    private Optional<String> nameOfFile() {
        return file.map(Path::getFileName).map(Path::toString).map(last -> EXTENSION.matcher(last).replaceFirst(""));
    }

    /** What is wrong where the name of the file, or the PID, ends before the part that names the service. */
    Optional<String> nameless() {
        Optional<String> name = nameOfFile();
        if (NAMELESS.matcher(name.orElse(pid)).matches()) {
            return Optional.of(name.isPresent()
                    ? "the name of the file names no service, as " + ServiceConfigurations.FACTORY_PID + "-NAME.cfg does"
                    : "the PID names no service, as " + ServiceConfigurations.FACTORY_PID + "~NAME does");
        }
        return Optional.empty();
    }

    private static Optional<String> alias(String pid) {
        Matcher matcher = ALIAS.matcher(pid);
        return matcher.matches() ? Optional.ofNullable(matcher.group(1)).or(() -> Optional.of(matcher.group(2)))
                : Optional.empty();
    }

    /** The file, with the PID behind it where the name of the file does not tell it; without a file the PID. */
    Origin origin() {
        if (file.isEmpty()) {
            return new Origin(pid, 0);
        }
        boolean told = nameless().isPresent() || aliasOfPid().isPresent() && aliasOfPid().equals(aliasOfFile());
        return new Origin(told ? file.get().toString() : file.get() + " (" + pid + ")", 0);
    }
}
