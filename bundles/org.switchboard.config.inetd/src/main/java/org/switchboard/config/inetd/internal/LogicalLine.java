package org.switchboard.config.inetd.internal;

import java.util.List;

/**
 * The words of one entry, from a line and those that continue it.
 *
 * @param continuations where in {@code words} each continuing line begins
 * @param openQuote the word that begins a quotation which its line does not end, or an empty list
 */
record LogicalLine(List<Word> words, List<Integer> continuations, List<Word> openQuote) {

    int line() {
        return words.get(0).line();
    }
}
