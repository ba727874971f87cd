package org.switchboard.api.entry;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What a word that is unknown was probably meant to be: the known word that is a slip of the fingers away. */
public final class Suggestion {

    /** Below this length one slip at most makes two words the same, from it on two. */
    private static final int LONG = 6;
    /** Of shorter words each is a slip away from too many others. */
    private static final int SHORTEST = 3;

    private Suggestion() {
    }

    /** {@code ; did you mean 'echo'?}, or an empty text if no known word is near. */
    public static String text(String word, Collection<String> known) {
        return nearest(word, known).map(near -> "; did you mean '" + near + "'?").orElse("");
    }

    /** The nearest known word; of several the first in alphabetical order. The word itself is no answer. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        int most = word.length() < SHORTEST ? 0 : word.length() < LONG ? 1 : 2;
        return known.stream().filter(candidate -> !candidate.equals(word))
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= most)
                .filter(candidate -> distance(word, candidate) <= most)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate)).thenComparing(Comparator.naturalOrder()));
    }

    /**
     * How many characters must be added, left out, replaced or swapped with their neighbour.
     *
     * <p>Source: Damerau (1964), A technique for computer detection and correction of spelling errors; the restricted form,
     * which changes no part of a word twice.
     */
    private static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : steps(steps, from, to, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int steps(int[][] before, String from, String to, int i, int j) {
        int replaced = before[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(before[i - 1][j], before[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, before[i - 2][j - 2] + 1) : least;
    }
}
