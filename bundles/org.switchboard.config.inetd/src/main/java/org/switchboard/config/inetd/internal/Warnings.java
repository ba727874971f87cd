package org.switchboard.config.inetd.internal;

/** Is told what can be read and is probably not meant. */
interface Warnings {

    /** @param message a sentence that ends with what is done */
    void warn(Word word, String message);
}
