package org.switchboard.ports.internal;

import java.util.List;

/**
 * The lines that one server keeps in a file which belongs to somebody else, between two marks that name the server by its
 * state directory. Text in, text out.
 */
final class ServicesBlock {

    private final String begin;
    private final String end;

    /** @param server what tells this server from others on the host */
    ServicesBlock(String server) {
        String name = MergedMap.oneLine(server);
        this.begin = "# BEGIN Switchboard " + name + " (kept up to date by the server; removed when it stops)\n";
        this.end = "# END Switchboard " + name + "\n";
    }

    /** The text with the block in its old place, or at the end; without a block if there are no lines. */
    String in(String text, List<String> lines) {
        if (lines.isEmpty()) {
            return removedFrom(text);
        }
        String block = begin + String.join("\n", lines) + "\n" + end;
        int from = text.indexOf(begin);
        int to = text.indexOf(end, Math.max(from, 0));
        if (from < 0 || to < 0) {
            return (text.isEmpty() || text.endsWith("\n") ? text : text + "\n") + block;
        }
        return text.substring(0, from) + block + text.substring(to + end.length());
    }

    /** A beginning without its end is left as it is: nobody can say what belongs to it. */
    String removedFrom(String text) {
        int from = text.indexOf(begin);
        int to = text.indexOf(end, Math.max(from, 0));
        return from < 0 || to < 0 ? text : text.substring(0, from) + text.substring(to + end.length());
    }
}
