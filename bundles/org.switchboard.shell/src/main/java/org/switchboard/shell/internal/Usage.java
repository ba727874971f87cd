package org.switchboard.shell.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.switchboard.api.entry.Suggestion;

/**
 * How a command is called, as the annotations of its method say. Gogo has no {@code --help} of its own and answers a wrong
 * number of words with the types of the method; this does both for every command in one way.
 */
final class Usage {

    /** What options begin with; alone it is a word. */
    private static final String DASH = "-";

    private final String command;
    private final Method method;
    private final Optional<Words> words;

    private Usage(Method method) {
        this.command = method.getName().replaceFirst("^_", "");
        this.method = method;
        this.words = Stream.of(method.getParameters()).flatMap(parameter -> words(parameter).stream()).findFirst();
    }

    /** The usage of the command of that name in a class of commands. */
    static Usage of(Class<?> commands, String command) {
        return all(commands).stream().filter(usage -> usage.command.equals(command)).findFirst()
                .orElseThrow(() -> new IllegalStateException("no method for command " + command));
    }

    /** The usages of all commands of a class, by name. */
    static List<Usage> all(Class<?> commands) {
        return Stream.of(commands.getMethods()).map(Usage::new).filter(usage -> usage.words.isPresent())
                .sorted(Comparator.comparing(Usage::command)).toList();
    }

    String command() {
        return command;
    }

    /** What the command does, in a sentence. */
    String meaning() {
        return method.getAnnotation(Descriptor.class).value();
    }

    /** The options, in the order of the method. */
    List<Choice> options() {
        return Stream.of(method.getParameters()).flatMap(parameter -> option(parameter).stream()).toList();
    }

    private List<String> names() {
        return options().stream().flatMap(option -> option.names().stream()).toList();
    }

    /** The Gogo function that returns what the words may be, if there is one. */
    Optional<String> completer() {
        return words.map(Words::completer).filter(completer -> !completer.isEmpty());
    }

    /** Checks the words behind the options. */
    void check(String... given) {
        for (String word : given) {
            if (word.startsWith(DASH) && !word.equals(DASH)) {
                throw new UsageException(command + ": unknown option '" + word + "'" + Suggestion.text(word, names())
                        + "; usage: " + synopsis());
            }
        }
        if (given.length < words.map(Words::least).orElse(0)) {
            throw new UsageException(command + ": " + words.get().value() + " is missing; usage: " + synopsis());
        }
        int most = words.map(Words::most).orElse(0);
        if (given.length > most) {
            throw new UsageException(command + ": '" + given[most] + "' is one word too many; usage: " + synopsis());
        }
    }

    /** {@code check [--help] [--strict] [FILE...]}. */
    String synopsis() {
        StringBuilder line = new StringBuilder(command);
        options().forEach(option -> line.append(" [").append(option.synopsis()).append(']'));
        words.filter(taken -> taken.most() > 0).ifPresent(taken -> {
            String several = taken.value() + (taken.most() > 1 ? "..." : "");
            line.append(' ').append(taken.least() == 0 ? "[" + several + "]" : several);
        });
        return line.toString();
    }

    /** The whole help text, without a newline at its end. */
    String text() {
        Map<String, String> rows = new LinkedHashMap<>();
        options().forEach(option -> rows.put(option.heading(), option.meaning()));
        for (Parameter parameter : method.getParameters()) {
            words(parameter).filter(taken -> taken.most() > 0)
                    .ifPresent(taken -> rows.put(taken.value(), meaning(parameter)));
        }
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder("usage: inetd:").append(synopsis()).append("\n\n").append(meaning())
                .append('\n');
        rows.forEach((name, meaning) ->
                text.append("\n  ").append(name).append(" ".repeat(width - name.length() + 2)).append(meaning));
        return text.toString();
    }

    private static Optional<Choice> option(Parameter parameter) {
        return Optional.ofNullable(parameter.getAnnotation(org.apache.felix.service.command.Parameter.class))
                .map(option -> new Choice(List.of(option.names()), Optional.ofNullable(parameter.getAnnotation(Value.class)),
                        meaning(parameter)));
    }

    private static Optional<Words> words(Parameter parameter) {
        return Optional.ofNullable(parameter.getAnnotation(Words.class));
    }

    private static String meaning(Parameter parameter) {
        return parameter.getAnnotation(Descriptor.class).value();
    }
}
