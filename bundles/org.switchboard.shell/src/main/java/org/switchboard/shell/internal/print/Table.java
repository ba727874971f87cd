package org.switchboard.shell.internal.print;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns under a header. No line ends in blanks. On a terminal that is too narrow a long text in the last
 * column, a reason, is wrapped, or stands on lines of its own below its row; then the widest of the other columns are cut,
 * with '…' for the beginning that is left out, but never the first column, which names the row.
 */
final class Table {

    /** For text that is not for a terminal: nothing is wrapped or cut. */
    static final int UNLIMITED = 0;

    private static final String GAP = "  ";
    private static final String MORE = "…";
    private static final String BELOW = "    ";
    /** A reason is not wrapped into a narrower column than this. */
    private static final int LEAST_REASON = 30;
    /** Nor is another column cut to less than this. */
    private static final int LEAST = 10;

    private final int columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param columns how wide a line may be, or {@link #UNLIMITED}
     * @param header the names of the columns; none for a table without a header
     */
    Table(int columns, String... header) {
        this.columns = columns;
        if (header.length > 0) {
            rows.add(List.of(header));
        }
    }

    void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(plain(String.valueOf(cell)));
        }
        rows.add(row);
    }

    /** The lines, without a newline at the end. */
    @Override
    public String toString() {
        int[] widths = widths();
        int last = widths.length - 1;
        boolean below = false;
        if (columns != UNLIMITED && excess(widths) > 0) {
            int left = widths[last] - excess(widths);
            below = left < LEAST_REASON && widths[last] > LEAST_REASON;
            widths[last] = below ? 0 : Math.max(left, Math.min(LEAST_REASON, widths[last]));
            narrow(widths);
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            if (below && row.size() > last) {
                add(row.subList(0, last), widths, lines);
                addBelow(row.get(last), row == rows.get(0), lines);
            } else {
                add(row, widths, lines);
            }
        }
        return String.join("\n", lines);
    }

    private void addBelow(String reason, boolean header, List<String> lines) {
        if (!header && !reason.isEmpty()) {
            wrapped(reason, Math.max(LEAST_REASON, columns - BELOW.length())).forEach(part -> lines.add(BELOW + part));
        }
    }

    private int[] widths() {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    private void narrow(int[] widths) {
        while (excess(widths) > 0) {
            int widest = 0;
            for (int column = 1; column < widths.length - 1; column++) {
                if (widths[column] > LEAST && (widest == 0 || widths[column] > widths[widest])) {
                    widest = column;
                }
            }
            if (widest == 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private int excess(int[] widths) {
        int total = -GAP.length();
        for (int width : widths) {
            total += width + GAP.length();
        }
        return total - columns;
    }

    /** The row on a line, and on more of them where its last cell is wrapped. */
    private static void add(List<String> row, int[] widths, List<String> lines) {
        StringBuilder line = new StringBuilder();
        int last = widths.length - 1;
        for (int column = 0; column < row.size() && column < last; column++) {
            String cell = cut(row.get(column), widths[column]);
            line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        String indent = " ".repeat(line.length());
        if (row.size() > last) {
            for (String part : wrapped(row.get(last), widths[last])) {
                lines.add(line.append(part).toString().stripTrailing());
                line.setLength(0);
                line.append(indent);
            }
        } else {
            lines.add(line.toString().stripTrailing());
        }
    }

    /** The end tells more: the port behind an address, the file behind a path. */
    private static String cut(String cell, int width) {
        return cell.length() <= width ? cell : MORE + cell.substring(cell.length() - width + MORE.length());
    }

    /** The text in lines of so many characters, broken at blanks where it has them. */
    private static List<String> wrapped(String text, int width) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            parts.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        parts.add(rest);
        return parts;
    }

    /** The text with every control character shown as a question mark: what a file or a client says must not drive the terminal. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
