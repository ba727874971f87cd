package org.switchboard.shell.internal.print;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns under a header. Nothing is wrapped or cut, and no line ends in blanks: the longest text, a reason,
 * belongs into the last column.
 */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** @param header the names of the columns; none for a table without a header */
    Table(String... header) {
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
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }

    /** The text with every control character shown as a question mark: what a file or a client says must not drive the terminal. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
