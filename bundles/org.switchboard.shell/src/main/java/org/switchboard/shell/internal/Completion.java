package org.switchboard.shell.internal;

import java.util.List;

/** The commands as gogo.jline wants them described, so that it completes them and their words. */
final class Completion {

    private Completion() {
    }

    /** A Gogo script of {@code complete} lines. */
    static String script(String scope, List<Usage> commands) {
        StringBuilder script = new StringBuilder();
        for (Usage usage : commands) {
            String complete = "complete -c " + scope + ":" + usage.command();
            script.append(complete).append(" -e\n");
            script.append(complete).append(" -d ").append(quote(usage.meaning())).append('\n');
            usage.options().forEach((names, meaning) ->
                    script.append(complete).append(options(names)).append(" --description ").append(quote(meaning)).append('\n'));
            usage.completer().ifPresent(function ->
                    script.append(complete).append(" -a ").append(quote(function)).append('\n'));
        }
        return script.toString();
    }

    private static String options(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
        }
        return text.toString();
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
