package org.switchboard.shell.internal.verbs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchboard.api.entry.ServiceEntry;

/**
 * What serves clients, in one word. A program that only starts another one, such as tcpd, stands in parentheses behind
 * that other one. Where the command line leaves a doubt, the program is named as configured.
 */
public final class Program {

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);
    private static final Pattern STDBUF_OPTION = Pattern.compile("-[ioe](L|[0-9]+[KMG]?)|--(input|output|error)=.+");
    private static final Pattern SCRIPT = Pattern.compile("\\s*(?:exec\\s+)?([A-Za-z0-9_./+-]+)(?:\\s[A-Za-z0-9_./+:=,@%\\s-]*)?");

    private Program() {
    }

    /** The program of an entry, for example {@code /usr/sbin/in.fingerd (tcpd)}; else the name of its provider. */
    public static String servedBy(String provider, List<String> arguments) {
        if (!provider.equals(ServiceEntry.EXEC) || arguments.isEmpty()) {
            return provider;
        }
        String path = arguments.get(0);
        String starter = baseName(path);
        return started(starter, arguments.subList(1, arguments.size()))
                .map(program -> program + " (" + starter + ")").orElse(path);
    }

    static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The program that the starter runs; its own argument 0 is the first word. */
    private static Optional<String> started(String starter, List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<String> rest = words.subList(1, words.size());
        return switch (starter) {
            case "tcpd" -> named(words.get(0), starter);
            case "env" -> firstAfter(ASSIGNMENT, rest);
            case "stdbuf" -> firstAfter(STDBUF_OPTION, rest);
            case "busybox" -> words.get(0).endsWith(starter) ? firstAfter(ASSIGNMENT, rest) : named(words.get(0), starter);
            case "sh", "dash", "bash" -> rest.size() > 1 && rest.get(0).equals("-c") ? ofScript(rest.get(1)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> named(String argument0, String starter) {
        return baseName(argument0).equals(starter) ? Optional.empty() : Optional.of(argument0);
    }

    private static Optional<String> firstAfter(Pattern skipped, List<String> words) {
        return words.stream().filter(word -> !skipped.matcher(word).matches()).findFirst().filter(word -> !word.startsWith("-"));
    }

    /** Only of a script that is a single plain command. */
    private static Optional<String> ofScript(String script) {
        Matcher command = SCRIPT.matcher(script);
        return command.matches() ? Optional.of(command.group(1)) : Optional.empty();
    }
}
