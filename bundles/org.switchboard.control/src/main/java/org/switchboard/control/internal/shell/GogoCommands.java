package org.switchboard.control.internal.shell;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.apache.felix.gogo.jline.Builtin;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;

/**
 * The commands of gogo.jline, registered without its activator. Left out is what belongs to a terminal of its own or would
 * open a port: {@code gosh}, {@code tmux}, {@code telnetd}, {@code sshd}.
 */
final class GogoCommands {

    private static final List<String> BUILTIN = List.of("format", "getopt", "new", "set", "tac", "type", "jobs", "fg", "bg",
            "keymap", "setopt", "unsetopt", "complete", "history", "widget", "__files", "__directories", "__usage_completion");
    private static final List<String> PROCEDURAL =
            List.of("each", "if", "not", "throw", "try", "until", "while", "break", "continue");
    private static final List<String> POSIX = List.of("cat", "echo", "grep", "sort", "sleep", "cd", "pwd", "ls", "less", "nano",
            "head", "tail", "clear", "wc", "date");

    private GogoCommands() {
    }

    /** Registers them, scope {@code gogo}, for as long as the bundle is active. */
    static void register(BundleContext context, CommandProcessor processor) {
        register(context, new Builtin(), BUILTIN);
        register(context, new Procedural(), PROCEDURAL);
        register(context, new Posix(processor), POSIX);
    }

    private static void register(BundleContext context, Object commands, List<String> functions) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(CommandProcessor.COMMAND_SCOPE, "gogo");
        properties.put(CommandProcessor.COMMAND_FUNCTION, functions.toArray(new String[0]));
        context.registerService(Object.class, commands, properties);
    }
}
