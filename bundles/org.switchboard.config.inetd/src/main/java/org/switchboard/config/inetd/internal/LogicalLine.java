package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of one entry, from a line and those that continue it. Filled while lines are being read.
 *
 * @param continuations where in {@code words} each continuing line begins
 * @param openQuote the word that begins a quotation which its line does not end, or an empty list
 * @param comments words behind the first that begin with a number sign, unquoted
 * @param definition the keys and values of {@code service on key = value;}, or an empty list
 */
record LogicalLine(List<Word> words, List<Integer> continuations, List<Word> openQuote, List<Word> comments,
        List<Definition> definition) {

    LogicalLine() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    int line() {
        return words.get(0).line();
    }
}
