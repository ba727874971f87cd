package org.switchboard.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.SystemText;
import org.switchboard.shell.internal.verbs.CommandFailedException;

/**
 * The commands for somebody outside the framework, who shares no class with it but those of the JDK: words in, output and
 * exit code out. See the README of this bundle.
 */
@Component(service = Function.class, property = "switchboard.commands:Boolean=true")
public final class LauncherCommands implements Function<List<String>, Map<String, Object>> {

    private static final int FAILED = 1;
    private static final int USAGE = 64;

    private final CommandProcessor processor;

    @Activate
    public LauncherCommands(@Reference CommandProcessor processor, @Reference InetdCommands commands) {
        this.processor = processor;
    }

    @Override
    public Map<String, Object> apply(List<String> words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int exit;
        try (PrintStream output = new PrintStream(bytes, true, StandardCharsets.UTF_8);
                CommandSession session = processor.createSession(InputStream.nullInputStream(), output, output)) {
            exit = run(session, List.copyOf(words), output);
        }
        return Map.of("output", bytes.toByteArray(), "exit", exit);
    }

    private static int run(CommandSession session, List<String> words, PrintStream output) {
        if (words.isEmpty() || session.get(InetdCommands.SCOPE + ":" + words.get(0)) == null) {
            String suggestion = words.isEmpty() ? "" : CommandNames.of(session).suggestion(words.get(0), List.of());
            output.println("no such command: " + String.join(" ", words) + suggestion);
            return USAGE;
        }
        try {
            Object result = session.execute(GogoLine.of(session,
                    InetdCommands.SCOPE + ":" + words.get(0), words.subList(1, words.size()), "word"));
            if (result != null) {
                output.writeBytes(SystemText.encode(session.format(result, Converter.INSPECT).toString().stripTrailing() + "\n"));
            }
            return session.get(InetdCommands.EXIT) instanceof Integer exit ? exit : 0;
        } catch (IllegalArgumentException e) {
            output.println(e.getMessage());
            return USAGE;
        } catch (CommandFailedException e) {
            output.println(e.getMessage());
            return FAILED;
        } catch (Exception e) {
            output.println(words.get(0) + ": " + e);
            return FAILED;
        }
    }
}
